import { useQuery } from '@tanstack/react-query';
import { Input } from 'antd';
import { useId, useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { Schema } from '../../../api/client';
import { scriptsQuery } from '../../../api/queries';
import { ProblemNote } from '../../../ui/ProblemNote';

type Script = Schema['ScriptDto'];

const found = (scripts: Script[], asked: string) => {
  const words = asked.trim().toLowerCase().split(/\s+/);
  const text = (script: Script) => `${script.scene_title} ${script.title} ${script.text}`.toLowerCase();
  return scripts.filter((script) => words.every((word) => text(script).includes(word)));
};

/** Words to begin with, by scene: looked for by typing, taken with one key. */
export function Scripts({ caseId, onPick, onClose }: { caseId: string; onPick: (script: Script) => void; onClose: () => void }) {
  const { t } = useTranslation('case');
  const scripts = useQuery(scriptsQuery(caseId));
  const [asked, setAsked] = useState('');
  const [at, setAt] = useState(0);
  const list = useId();
  const rows = found(scripts.data?.scripts ?? [], asked);
  const active = Math.min(at, rows.length - 1);
  const optionId = (index: number) => `${list}-${index}`;
  function go(to: number) {
    const next = (to + rows.length) % Math.max(rows.length, 1);
    setAt(next);
    document.getElementById(optionId(next))?.scrollIntoView({ block: 'nearest' });
  }
  function keyed(event: KeyboardEvent) {
    if (event.nativeEvent.isComposing) return;
    const does: Record<string, () => void> = {
      ArrowDown: () => go(active + 1),
      ArrowUp: () => go(active - 1),
      Enter: () => rows[active] && onPick(rows[active]),
      Escape: onClose,
    };
    if (!does[event.key]) return;
    event.preventDefault();
    event.stopPropagation();
    does[event.key]!();
  }
  return (
    <div className="scripts">
      <Input
        autoFocus
        role="combobox"
        aria-expanded="true"
        aria-controls={list}
        aria-activedescendant={rows.length > 0 ? optionId(active) : undefined}
        aria-label={t('scripts.find')}
        placeholder={t('scripts.find')}
        value={asked}
        onChange={(event) => {
          setAsked(event.target.value);
          setAt(0);
        }}
        onKeyDown={keyed}
      />
      {scripts.error && <ProblemNote thrown={scripts.error} />}
      {scripts.data && rows.length === 0 && <p className="muted" role="status">{t('scripts.none')}</p>}
      <div id={list} role="listbox" aria-label={t('scripts.title')}>
        {rows.map((script, index) => (
          <div
            key={script.code}
            id={optionId(index)}
            role="option"
            tabIndex={-1}
            aria-selected={index === active}
            // The field keeps the focus: it names the active row.
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => onPick(script)}
            onKeyDown={undefined}
          >
            <b>{script.title}</b> <span className="muted">{script.scene_title}</span>
            <p>{script.text}</p>
          </div>
        ))}
      </div>
    </div>
  );
}
