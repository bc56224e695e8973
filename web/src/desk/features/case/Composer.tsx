import { Button, Input, Segmented } from 'antd';
import type { TextAreaRef } from 'antd/es/input/TextArea';
import { useRef, useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { CaseDto } from '../../../api/queries';
import { useDraft } from '../../../lib/draft';
import { chord, keyOf, useHotkeys } from '../../../lib/hotkeys';
import { typing } from '../../presence';
import { draftName, sendText, type Pending } from './pending';

const LONGEST = 10_000;
const NEARLY = 9_000;
const KINDS: Pending['kind'][] = ['message', 'note'];

/** Where replies and notes are written. What is written stays, whatever happens to the page. */
export function Composer({ data }: { data: CaseDto }) {
  const { t } = useTranslation('case');
  const may = (kind: Pending['kind']) => data.next.includes(kind);
  const [chosen, setKind] = useState<Pending['kind']>('message');
  const kind = may(chosen) ? chosen : 'note';
  const [text, setText] = useDraft(draftName(data.id, kind));
  const area = useRef<TextAreaRef>(null);

  const write = (next: Pending['kind']) => {
    if (!may(next)) return;
    setKind(next);
    area.current?.focus();
  };
  useHotkeys({ r: () => write('message'), n: () => write('note') });

  function send() {
    const words = text.trim();
    if (!words || !may(kind)) return;
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
        {text.length > NEARLY && <span className="muted">{t('composer.left', { count: LONGEST - text.length })}</span>}
      </div>
      <Input.TextArea
        ref={area}
        value={text}
        maxLength={LONGEST}
        autoSize={{ minRows: 3, maxRows: 9 }}
        aria-label={t(`composer.${kind}`)}
        placeholder={t(`composer.${kind}_placeholder`)}
        onChange={(event) => {
          setText(event.target.value);
          typing(data.id);
        }}
        onKeyDown={keyed}
      />
      <div className="row">
        <span className="muted grow">{text ? t('composer.kept') : t('composer.keys', { reply: keyOf('r'), note: keyOf('n') })}</span>
        <Button type="primary" disabled={!text.trim()} onClick={send}>
          {t(`composer.send_${kind}`)} <kbd className="on-primary">{chord('↵')}</kbd>
        </Button>
      </div>
    </div>
  );
}
