import { Button } from 'antd';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import { actor } from '../../../../api/actor';
import type { Entry } from '../../../../api/queries';
import { clockTime, momentFull } from '../../../../lib/format';
import { ClauseMark } from '../ClauseMark';
import { dropPending, sendAgain, type Pending } from '../pending';
import type { Happened, Said } from './groups';
import { clausesOf, weightOf, wordsOf, type Speaking } from './words';

function who(raw: Entry['actor'], { t, nameOf }: Speaking): string {
  const by = actor(raw);
  if (by.kind !== 'person') return t(`actor.${by.kind}`);
  return nameOf(by.id) ?? t(`common:role.${by.role}`);
}

function Time({ at }: { at: string }) {
  return (
    <time dateTime={at} title={momentFull(at)}>
      {clockTime(at)}
    </time>
  );
}

export const Bubble = memo(function Bubble({ said, speaking }: { said: Said; speaking: Speaking }) {
  const { t } = useTranslation('case');
  const { entry, voice } = said;
  return (
    <article className="said" data-voice={voice}>
      <header className="muted">
        {who(entry.actor, speaking)} · <Time at={entry.at} />
        {voice === 'note' && ` · ${t('note_mark')}`}
      </header>
      <p>{entry.text ?? <i className="muted">{t('erased')}</i>}</p>
    </article>
  );
});

/** What somebody, or the desk itself, did at one moment. */
export const Block = memo(function Block({ block, speaking }: { block: Happened; speaking: Speaking }) {
  return (
    <article className="happened">
      <header className="muted">
        <Time at={block.at} /> · {who(block.actor, speaking)}
      </header>
      <ul>
        {block.entries.map((entry) => (
          <li key={entry.seq} data-weight={weightOf(entry.type)}>
            <span>{speaking.t(`event.${entry.type}`, wordsOf(entry, speaking))}</span>
            {clausesOf(entry).map((id) => (
              <ClauseMark key={id} id={id} title={speaking.clauses.get(id)} />
            ))}
            {entry.text && <blockquote>{entry.text}</blockquote>}
          </li>
        ))}
      </ul>
    </article>
  );
});

/** Words on their way: shown at once, and kept until the service has them. */
export function PendingBubble({ pending, caseId }: { pending: Pending; caseId: string }) {
  const { t } = useTranslation('case');
  return (
    <article className="said" data-voice={pending.kind === 'note' ? 'note' : 'shop'} data-pending={pending.state}>
      <header className="muted">{t(`pending.${pending.state}`)}</header>
      <p>{pending.text}</p>
      {pending.state === 'failed' && (
        <footer role="alert">
          <b>{pending.title}</b> {pending.detail}
          <Button size="small" onClick={() => sendAgain(caseId, pending)}>
            {t('common:act.retry')}
          </Button>
          <Button size="small" type="text" onClick={() => dropPending(caseId, pending, true)}>
            {t('pending.back')}
          </Button>
        </footer>
      )}
    </article>
  );
}
