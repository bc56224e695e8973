import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Button, Checkbox, InputNumber } from 'antd';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { actor } from '../../../api/actor';
import type { Schema } from '../../../api/client';
import { meQuery } from '../../../api/queries';
import { visitCallOff, visitPlan, visitsAgain, visitsOfBuyerQuery } from '../../../api/visits';
import { serverClock } from '../../../lib/clock';
import { day, forForm, inShopTime } from '../../../lib/format';
import { Chip, type Tone } from '../../../ui/Chip';
import { ProblemNote } from '../../../ui/ProblemNote';
import { usePeople } from '../../names';
import { CALLERS } from '../care/roles';

const TONES: Record<Schema['VisitEnding'], Tone> = { reached: 'green', not_reached: 'grey', declined: 'amber', called_off: 'grey' };
const MORNING = 'T10:00';
const LONGEST = 730;

/** Calls beside any case: the one that is planned, those that were made, and planning one. */
export function BuyerVisits({ id, erased }: { id: string; erased: boolean }) {
  const { t } = useTranslation('visits');
  const role = useQuery(meQuery).data?.role;
  const query = useQuery(visitsOfBuyerQuery(id));
  const visits = query.data?.visits;
  if (query.error) return <ProblemNote thrown={query.error} onRetry={() => void query.refetch()} />;
  if (!visits) return null;
  const planned = visits.find((visit) => !visit.done_at);
  const made = visits.filter((visit) => visit.done_at);
  const last = made.find((visit) => visit.outcome !== 'called_off');
  const may = role !== undefined && CALLERS.has(role) && !erased;
  return (
    <section className="panel" aria-label={t('title')}>
      <h2>{t('title')}</h2>
      {planned && <Next visit={planned} may={may} />}
      {!planned && may && <PlanForm id={id} declined={last?.outcome === 'declined'} />}
      {made.length === 0 && <p className="muted">{t('never')}</p>}
      <ul className="rows visits">
        {made.map((visit) => (
          <Made key={visit.id} visit={visit} />
        ))}
      </ul>
    </section>
  );
}

function Next({ visit, may }: { visit: Schema['BuyerVisitTold']; may: boolean }) {
  const { t } = useTranslation('visits');
  const client = useQueryClient();
  const callOff = useMutation({ mutationFn: () => visitCallOff(visit.id), onSettled: () => visitsAgain(client) });
  const byTier = actor(visit.planned_by)?.kind === 'deadlines';
  return (
    <div className="visit-planned">
      <p className="row">
        <Chip tone="blue">{t('planned')}</Chip>
        <span className="grow">
          {day(visit.due_at)} <span className="muted">{[t(`kind.${visit.kind}`), visit.every_days ? t('every', { count: visit.every_days }) : '', byTier ? t('by_tier') : ''].filter(Boolean).join(' · ')}</span>
        </span>
        <Link to="/follow-ups" search={{ part: 'visits', visit: visit.id }}>{t('to_call')}</Link>
        {may && <Button size="small" loading={callOff.isPending} onClick={() => callOff.mutate()}>{t('call_off')}</Button>}
      </p>
      {callOff.error && <ProblemNote thrown={callOff.error} />}
    </div>
  );
}

function PlanForm({ id, declined }: { id: string; declined: boolean }) {
  const { t } = useTranslation('visits');
  const client = useQueryClient();
  const today = forForm(serverClock.now()).slice(0, 10);
  const [on, setOn] = useState(today);
  const [every, setEvery] = useState<number | null>(null);
  const [wished, setWished] = useState(false);
  const plan = useMutation({
    mutationFn: () => visitPlan(id, { kind: 'regular', due_at: inShopTime(on + MORNING), wished, ...(every ? { every_days: every } : {}) }),
    onSettled: () => visitsAgain(client),
  });
  function submit(event: FormEvent) {
    event.preventDefault();
    if (on) plan.mutate();
  }
  return (
    <form className="visit-plan" onSubmit={submit} aria-label={t('plan.title')}>
      {declined && (
        <>
          <p className="said-declined">{t('plan.declined')}</p>
          <Checkbox checked={wished} onChange={(event) => setWished(event.target.checked)}>{t('plan.wished')}</Checkbox>
        </>
      )}
      <div className="row">
        <label>
          {t('plan.on')}
          <input type="date" required min={today} value={on} onChange={(event) => setOn(event.target.value)} />
        </label>
        <label>
          {t('plan.every')}
          <InputNumber aria-label={t('plan.every')} placeholder={t('plan.once')} min={1} max={LONGEST} precision={0} controls={false} value={every} onChange={setEvery} />
        </label>
        <Button htmlType="submit" loading={plan.isPending} disabled={!on || (declined && !wished)}>{t('plan.submit')}</Button>
      </div>
      {plan.error && <ProblemNote thrown={plan.error} />}
    </form>
  );
}

function Made({ visit }: { visit: Schema['BuyerVisitTold'] }) {
  const { t } = useTranslation('visits');
  const { nameOf } = usePeople();
  const by = actor(visit.done_by);
  return (
    <li>
      <p className="row">
        <span className="grow ellipsis">
          {day(visit.done_at!)} <span className="muted">{[t(`kind.${visit.kind}`), by.kind === 'person' ? nameOf(by.id) : ''].filter(Boolean).join(' · ')}</span>
        </span>
        {visit.score && <Chip tone={visit.score >= 4 ? 'green' : visit.score === 3 ? 'grey' : 'amber'}>{t('buyer:score', { score: visit.score })}</Chip>}
        <Chip tone={TONES[visit.outcome!]}>{t(`outcome.${visit.outcome!}`)}</Chip>
      </p>
      {visit.text && <p className="visit-said">{visit.text}</p>}
    </li>
  );
}
