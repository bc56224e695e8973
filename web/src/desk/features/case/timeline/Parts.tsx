import { Button } from 'antd';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import { actor } from '../../../../api/actor';
import type { Entry } from '../../../../api/queries';
import { clockTime, momentFull } from '../../../../lib/format';
import { ClauseMark } from '../ClauseMark';
import { dropPending, sendAgain, type Pending } from '../pending';
import type { Happened, Said } from './groups';
import { audienceOf, clausesOf, weightOf, wordsOf, type Speaking } from './words';

function who(raw: Entry['actor'], { t, nameOf, buyer }: Speaking): string {
  const by = actor(raw);
  if (by.kind === 'buyer' && buyer) return t('buyer_named', { name: buyer });
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

const CLOCK = /^clock_(started|stopped)$/;

/** What somebody, or the desk itself, did at one moment. */
export const Block = memo(function Block({ block, speaking }: { block: Happened; speaking: Speaking }) {
  const clocks = block.entries.filter(({ type }) => CLOCK.test(type));
  const told = block.entries.filter(({ type }) => !CLOCK.test(type));
  return (
    <article className="happened">
      <header className="muted">
        <Time at={block.at} /> · {who(block.actor, speaking)}
      </header>
      <ul>
        {told.map((entry) => (
          <Line key={entry.seq} entry={entry} speaking={speaking} />
        ))}
        {clocks.length === 1 && <Line entry={clocks[0]!} speaking={speaking} />}
      </ul>
      {clocks.length > 1 && <Clocks clocks={clocks} speaking={speaking} />}
    </article>
  );
});

function Line({ entry, speaking }: { entry: Entry; speaking: Speaking }) {
  return (
    <li data-weight={weightOf(entry.type)}>
      <span>{speaking.t(`event.${entry.type}`, wordsOf(entry, speaking))}</span>
      {clausesOf(entry).map((id) => (
        <ClauseMark key={id} id={id} title={speaking.clauses.get(id)} />
      ))}
      {entry.text && <blockquote data-voice={audienceOf(entry)}>{entry.text}</blockquote>}
    </li>
  );
}

/** Several clocks that started or stopped together: named in a line, told in full when asked. */
function Clocks({ clocks, speaking }: { clocks: Entry[]; speaking: Speaking }) {
  const { t } = speaking;
  const named = (type: string) =>
    clocks
      .filter((entry) => entry.type === type)
      .map((entry) => t(`clock.${(entry.data as unknown as { clock: string }).clock}`))
      .join(t('common:list.and'));
  const parts = ['clock_started', 'clock_stopped'].map((type) => [type, named(type)] as const).filter(([, names]) => names);
  return (
    <details>
      <summary>{parts.map(([type, names]) => t(`clocks_${type}`, { names })).join(t('common:list.then'))}</summary>
      <ul>
        {clocks.map((entry) => (
          <Line key={entry.seq} entry={entry} speaking={speaking} />
        ))}
      </ul>
    </details>
  );
}

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
