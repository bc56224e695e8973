import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Schema } from '../../../api/client';
import { meQuery } from '../../../api/queries';
import { suggestedQuery, visitPlan, visitsAgain, visitsQuery } from '../../../api/visits';
import { serverClock, useNow } from '../../../lib/clock';
import { day, dayOf } from '../../../lib/format';
import { useHotkeys } from '../../../lib/hotkeys';
import { Chip } from '../../../ui/Chip';
import { Empty } from '../../../ui/Empty';
import { ProblemNote } from '../../../ui/ProblemNote';
import { CALLERS } from '../care/roles';
import { Head } from './Head';
import { Visit } from './Visit';

const GROUPS = ['overdue', 'today', 'later'] as const;
type Planned = Schema['PlannedVisit'];

function groupOf(visit: Planned, today: string): (typeof GROUPS)[number] {
  // A visit is for a day, not for an hour.
  const due = dayOf(visit.due_at);
  if (due < today) return 'overdue';
  return due === today ? 'today' : 'later';
}

/** Buyers to be called beside any case: those whose time it is, and those who never complained. */
export function Visits() {
  const { t } = useTranslation('visits');
  const navigate = useNavigate();
  const { visit: chosen } = useSearch({ from: '/desk/follow-ups' });
  const query = useQuery(visitsQuery);
  const suggested = useQuery(suggestedQuery).data?.buyers ?? [];
  const now = useNow((ms) => Math.floor(ms / 60_000) * 60_000);
  const today = dayOf(new Date(now).toISOString());
  const visits = query.data?.visits ?? [];
  const current = visits.find(({ id }) => id === chosen) ?? visits[0];
  const at = current ? visits.indexOf(current) : -1;
  const go = (visit: Planned | undefined) => void navigate({ to: '/follow-ups', search: { part: 'visits', ...(visit && { visit: visit.id }) }, replace: true });
  const step = (by: number) => {
    const to = visits[at + by];
    if (to) go(to);
  };
  useHotkeys({ j: () => step(1), k: () => step(-1), ArrowDown: () => step(1), ArrowUp: () => step(-1) });
  const due = visits.filter((visit) => groupOf(visit, today) !== 'later').length;
  return (
    <>
      <Head part="visits">
        <span className="grow muted">{t('count', { count: due })}</span>
      </Head>
      {query.error && <div className="page-body"><ProblemNote thrown={query.error} onRetry={() => void query.refetch()} /></div>}
      {query.data && visits.length === 0 && suggested.length === 0 && <Empty title={t('none')} hint={t('none_hint')} />}
      {query.data && (visits.length > 0 || suggested.length > 0) && (
        <div className="followups">
          <nav aria-label={t('title')}>
            {GROUPS.map((group) => {
              const rows = visits.filter((visit) => groupOf(visit, today) === group);
              return rows.length > 0 && (
                <section key={group}>
                  <h2>{t(`followups:group.${group}`, { count: rows.length })}</h2>
                  <ul>
                    {rows.map((visit) => (
                      <Item key={visit.id} visit={visit} isCurrent={visit === current} onGo={() => go(visit)} />
                    ))}
                  </ul>
                </section>
              );
            })}
            {suggested.length > 0 && <Suggested buyers={suggested} />}
          </nav>
          {current ? <Visit key={current.id} visit={current} onDone={() => go(visits[at + 1] ?? visits[at - 1])} /> : <Empty title={t('none')} hint={t('pick_hint')} />}
        </div>
      )}
    </>
  );
}

function Item({ visit, isCurrent, onGo }: { visit: Planned; isCurrent: boolean; onGo: () => void }) {
  const { t } = useTranslation('visits');
  return (
    <li>
      <button type="button" aria-current={isCurrent || undefined} onClick={onGo}>
        <span className="row">
          <b className="grow ellipsis">{visit.who.nickname || t('nameless')}</b>
          <span className="muted">{day(visit.due_at)}</span>
        </span>
        <span className="row muted">
          <span className="grow ellipsis">{t(`kind.${visit.kind}`)}{visit.every_days ? ` · ${t('every', { count: visit.every_days })}` : ''}</span>
          {visit.blocked && <Chip tone="red">{t('buyer:blocked_chip')}</Chip>}
        </span>
      </button>
    </li>
  );
}

/** Who has bought lately and never complained: a call asks how it is, before anything is wrong. */
function Suggested({ buyers }: { buyers: Schema['SuggestedVisit'][] }) {
  const { t } = useTranslation('visits');
  const client = useQueryClient();
  const role = useQuery(meQuery).data?.role;
  const plan = useMutation({
    mutationFn: (buyer: string) => visitPlan(buyer, { kind: 'proactive', due_at: new Date(serverClock.now()).toISOString() }),
    onSettled: () => visitsAgain(client),
  });
  return (
    <section aria-label={t('suggested.title')}>
      <h2>{t('suggested.title')}</h2>
      <p className="suggested-hint muted">{t('suggested.hint')}</p>
      {plan.error && <ProblemNote thrown={plan.error} />}
      <ul>
        {buyers.map(({ buyer, who, delivered_at }) => (
          <li key={buyer} className="suggested">
            <div className="row">
              <span className="grow ellipsis">
                <Link to="/buyers/$buyerId" params={{ buyerId: buyer }}>{who.nickname || t('nameless')}</Link>
                <small className="muted"> {t('suggested.delivered', { at: day(delivered_at) })}</small>
              </span>
              {role && CALLERS.has(role) && (
                <Button size="small" aria-label={t('suggested.plan_one', { name: who.nickname || t('nameless') })} loading={plan.isPending && plan.variables === buyer} onClick={() => plan.mutate(buyer)}>
                  {t('suggested.plan')}
                </Button>
              )}
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}
