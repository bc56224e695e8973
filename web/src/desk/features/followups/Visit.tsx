import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Button } from 'antd';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { historyQuery } from '../../../api/care';
import type { Schema } from '../../../api/client';
import { meQuery } from '../../../api/queries';
import { visitCallOff, visitDone, visitsAgain, visitsOfBuyerQuery } from '../../../api/visits';
import { serverClock } from '../../../lib/clock';
import { useDraft } from '../../../lib/draft';
import { day, forForm, inShopTime } from '../../../lib/format';
import { keyOf } from '../../../lib/hotkeys';
import { ProblemNote } from '../../../ui/ProblemNote';
import { CALLERS } from '../care/roles';
import { Asks, Scores, Words } from './Craft';

/** How it goes with somebody who has not asked for the call. */
const ASKS = ['open', 'well', 'listen', 'use', 'more', 'thank'] as const;
const OUTCOMES = ['reached', 'not_reached', 'declined'] as const;
const DAY_MS = 86_400_000;
/** At this hour a call that was put off to a day is due. */
const MORNING = 'T10:00';
const SHOWN_ORDERS = 3;
/** So few points, and something is to be done about it. */
const UNHAPPY_MOST = 3;

/** One buyer called beside any case: who he is, what to ask, what he says, when again. */
export function Visit({ visit, onDone }: { visit: Schema['PlannedVisit']; onDone: () => void }) {
  const { t } = useTranslation('visits');
  const client = useQueryClient();
  const role = useQuery(meQuery).data?.role;
  const [outcome, setOutcome] = useState<(typeof OUTCOMES)[number]>('reached');
  const [score, setScore] = useState<number>();
  const [text, setText] = useDraft(`visit.${visit.id}`);
  const [next, setNext] = useState('');
  const [leaving, setLeaving] = useState(false);
  const after = () => {
    onDone();
    void visitsAgain(client);
  };
  const done = useMutation({
    mutationFn: () => visitDone(visit.id, {
      outcome,
      text: text.trim(),
      ...(score && outcome === 'reached' ? { score } : {}),
      ...(next && outcome !== 'declined' ? { next_at: inShopTime(next + MORNING) } : {}),
    }),
    onSuccess: () => {
      setText('');
      after();
    },
  });
  const callOff = useMutation({ mutationFn: () => visitCallOff(visit.id), onSuccess: after });
  const may = role !== undefined && CALLERS.has(role);
  const pause = outcome === 'not_reached' ? 1 : visit.every_days;
  const byItself = visit.every_days && pause ? t('next.by_itself', { at: day(serverClock.now() + pause * DAY_MS) }) : t('next.none');
  function submit(event: FormEvent) {
    event.preventDefault();
    if (may) done.mutate();
  }
  const name = visit.who.nickname || t('nameless');
  return (
    <form className="page-body followup" onSubmit={submit} aria-label={t('one', { name })}>
      <header className="row">
        <h2 className="grow">{t('one', { name })}</h2>
        <Link to="/buyers/$buyerId" params={{ buyerId: visit.buyer }}>{t('to_buyer')}</Link>
      </header>
      <Known visit={visit} />
      <Asks names={ASKS} />
      <fieldset className="scores">
        <legend>{t('outcome.title')}</legend>
        {OUTCOMES.map((value) => (
          <label key={value} data-chosen={outcome === value || undefined}>
            <input type="radio" name="outcome" className="visually-hidden" checked={outcome === value} onChange={() => setOutcome(value)} />
            {t(`outcome.${value}`)}
          </label>
        ))}
      </fieldset>
      {outcome === 'reached' && <Scores score={score} onScore={setScore} />}
      <Words text={text} onText={setText} />
      {outcome === 'reached' && score !== undefined && score <= UNHAPPY_MOST && <p className="said-care">{t('care')}</p>}
      {outcome === 'declined' ? (
        <p className="hint">{t('next.declined')}</p>
      ) : (
        <label className="row visit-next">
          {t('next.title')}
          <input type="date" min={forForm(serverClock.now()).slice(0, 10)} value={next} onChange={(event) => setNext(event.target.value)} />
          {!next && <span className="hint">{byItself}</span>}
        </label>
      )}
      {(done.error ?? callOff.error) && <ProblemNote thrown={done.error ?? callOff.error} onRetry={() => void visitsAgain(client)} />}
      {role && !may && <p className="muted">{t('not_yours')}</p>}
      <div className="row visit-acts">
        <Button type="primary" htmlType="submit" loading={done.isPending} disabled={!may}>{t('submit')}</Button>
        <Button onClick={onDone}>{t('followups:skip')}</Button>
        {may && (leaving ? (
          <Button danger loading={callOff.isPending} onClick={() => callOff.mutate()}>{t('call_off_sure')}</Button>
        ) : (
          <Button type="text" onClick={() => setLeaving(true)}>{t('call_off')}</Button>
        ))}
        <span className="hint">{t('keys', { next: keyOf('j'), previous: keyOf('k') })}</span>
      </div>
    </form>
  );
}

/** What to know before the number is dialled: who it is, what he bought, what he said the last time. */
function Known({ visit }: { visit: Schema['PlannedVisit'] }) {
  const { t } = useTranslation('visits');
  const history = useQuery(historyQuery(visit.buyer)).data;
  const before = useQuery(visitsOfBuyerQuery(visit.buyer)).data?.visits.find((one) => one.done_at && one.outcome !== 'called_off');
  const bought = history?.orders.slice(0, SHOWN_ORDERS).flatMap((order) => order.titles) ?? [];
  const facts = [
    ['kind', `${t(`kind.${visit.kind}`)}${visit.every_days ? ` · ${t('every', { count: visit.every_days })}` : ''}`],
    ['due', day(visit.due_at)],
    ['name', visit.who.name],
    ['phone', visit.who.phone],
    ['bought', [...new Set(bought)].join(t('common:list.and'))],
    ['cases', history && history.cases.length > 0 ? t('cases', { count: history.cases.length }) : ''],
    ['before', before ? [day(before.done_at!), t(`outcome.${before.outcome!}`), before.score ? t('buyer:score', { score: before.score }) : ''].filter(Boolean).join(' · ') : ''],
  ].filter(([, value]) => value) as [string, string][];
  return (
    <>
      <dl className="pairs">
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{t(`fact.${name}`)}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {before?.text && <blockquote className="visit-said">{before.text}</blockquote>}
    </>
  );
}
