import { useQuery } from '@tanstack/react-query';
import { Button, Input, Segmented } from 'antd';
import type { TextAreaRef } from 'antd/es/input/TextArea';
import { useRef, useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { Schema } from '../../../api/client';
import { scriptsQuery, type CaseDto } from '../../../api/queries';
import { useDraft } from '../../../lib/draft';
import { chord, keyOf, useHotkeys } from '../../../lib/hotkeys';
import { typing } from '../../presence';
import { Scripts } from './Scripts';
import { draftName, sendText, type Pending } from './pending';

const LONGEST = 10_000;
const NEARLY = 9_000;
/** Asks for a script where a line begins, in either width. */
const SCRIPT_KEYS = [';', '\uff1b'];
/** How a place of a script looks that is still to be filled, in any language. */
const MARKS = /[\u3010[]/;
const KINDS: Pending['kind'][] = ['message', 'note'];

/** Where replies and notes are written. What is written stays, whatever happens to the page. */
export function Composer({ data }: { data: CaseDto }) {
  const { t } = useTranslation('case');
  const may = (kind: Pending['kind']) => data.next.includes(kind);
  const [chosen, setKind] = useState<Pending['kind']>('message');
  const kind = may(chosen) ? chosen : 'note';
  const [text, setText] = useDraft(draftName(data.id, kind));
  const area = useRef<TextAreaRef>(null);
  const [choosing, setChoosing] = useState(false);
  const scripts = useQuery({ ...scriptsQuery(data.id), enabled: kind === 'message' && MARKS.test(text) }).data?.scripts ?? [];
  const unfilled = kind === 'message' ? scripts.flatMap(({ missing }) => missing).find((mark) => text.includes(mark)) : undefined;

  const write = (next: Pending['kind']) => {
    if (!may(next)) return;
    setKind(next);
    area.current?.focus();
  };
  const choose = () => {
    if (!may('message')) return;
    setKind('message');
    setChoosing(true);
  };
  useHotkeys({ r: () => write('message'), n: () => write('note'), ';': choose });

  const field = () => area.current?.resizableTextArea?.textArea;
  /** Puts the cursor where the next place of a script is to be filled. */
  function toMark(mark: string, from = 0) {
    requestAnimationFrame(() => {
      const element = field();
      const at = element?.value.indexOf(mark, from) ?? -1;
      element?.focus();
      if (at >= 0) element?.setSelectionRange(at, at + mark.length);
    });
  }
  function insert({ text: words, missing }: Schema['ScriptDto']) {
    const at = field()?.selectionStart ?? text.length;
    setText((text.slice(0, at) + words + text.slice(at)).slice(0, LONGEST));
    setChoosing(false);
    if (missing[0]) toMark(missing[0], at);
    else requestAnimationFrame(() => area.current?.focus());
  }

  function send() {
    const words = text.trim();
    if (!words || !may(kind)) return;
    if (unfilled) return toMark(unfilled);
    sendText(data.id, kind, words);
    setText('');
  }
  function keyed(event: KeyboardEvent) {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Enter' && (event.metaKey || event.ctrlKey)) {
      event.preventDefault();
      send();
    } else if (event.key === 'Escape') area.current?.blur();
  }

  // Looked for in what was written, not in the key: behind an input method there is none.
  function written({ value, selectionStart: end }: HTMLTextAreaElement) {
    typing(data.id);
    const isKey = value.length === text.length + 1 && SCRIPT_KEYS.includes(value[end - 1]!);
    if (kind === 'message' && isKey && /(^|\n)$/.test(value.slice(0, end - 1))) return choose();
    setText(value);
  }

  if (!may('message') && !may('note')) return <p className="composer muted">{t('composer.closed')}</p>;
  return (
    <div className="composer" data-kind={kind}>
      <div className="row">
        <Segmented
          size="small"
          aria-label={t('composer.kind')}
          value={kind}
          options={KINDS.map((value) => ({ value, disabled: !may(value), label: t(`composer.${value}`) }))}
          onChange={write}
        />
        <span className="muted grow ellipsis">{t(`composer.${kind}_hint`)}</span>
        {kind === 'message' && (
          <Button size="small" aria-expanded={choosing} onClick={() => setChoosing(!choosing)}>
            {t('scripts.title')} <kbd>;</kbd>
          </Button>
        )}
        {text.length > NEARLY && <span className="muted">{t('composer.left', { count: LONGEST - text.length })}</span>}
      </div>
      {choosing && kind === 'message' && (
        <Scripts
          caseId={data.id}
          onPick={insert}
          onClose={() => {
            setChoosing(false);
            area.current?.focus();
          }}
        />
      )}
      <Input.TextArea
        ref={area}
        value={text}
        maxLength={LONGEST}
        autoSize={{ minRows: 3, maxRows: 9 }}
        aria-label={t(`composer.${kind}`)}
        placeholder={t(`composer.${kind}_placeholder`)}
        onChange={(event) => written(event.target)}
        onKeyDown={keyed}
      />
      <div className="row">
        <span className="muted grow" role="status">
          {unfilled ? t('scripts.unfilled', { mark: unfilled }) : text ? t('composer.kept') : t('composer.keys', { reply: keyOf('r'), note: keyOf('n') })}
        </span>
        <Button type="primary" disabled={!text.trim()} onClick={send}>
          {t(`composer.send_${kind}`)} <kbd className="on-primary">{chord('↵')}</kbd>
        </Button>
      </div>
    </div>
  );
}
