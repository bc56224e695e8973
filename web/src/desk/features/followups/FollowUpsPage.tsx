import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { someCasesQuery, type CaseSummary } from '../../../api/queries';
import { useNow } from '../../../lib/clock';
import { dayOf, moment } from '../../../lib/format';
import { useHotkeys } from '../../../lib/hotkeys';
import { Chip } from '../../../ui/Chip';
import { Countdown } from '../../../ui/Countdown';
import { Empty } from '../../../ui/Empty';
import { ProblemNote } from '../../../ui/ProblemNote';
import { usePeople } from '../../names';
import { STUDY_TAG } from '../../study';
import { goodsOf } from '../queue/columns';
import { FollowUp } from './FollowUp';
import { Head } from './Head';
import { Visits } from './Visits';
import '../page.css';
import './followups.css';

const GROUPS = ['overdue', 'today', 'later'] as const;
type Group = (typeof GROUPS)[number];

function groupOf(row: CaseSummary, now: number, today: string): Group {
  // Without a clock its time is over, and somebody higher was called.
  if (!row.next_due_at || Date.parse(row.next_due_at) < now) return 'overdue';
  return dayOf(row.next_due_at) === today ? 'today' : 'later';
}

export interface FollowUpsSearch {
  part?: 'visits';
  /** The case whose buyer is called. */
  case?: string;
  /** The visit that is made. */
  visit?: string;
}

/** Buyers to be called: after a case, and beside any. */
export function FollowUpsPage() {
  const { part } = useSearch({ from: '/desk/follow-ups' });
  return <div className="page">{part === 'visits' ? <Visits /> : <AfterCases />}</div>;
}

/** Closed cases whose buyers are to be asked how it went; one after the other. */
function AfterCases() {
  const { t } = useTranslation('followups');
  const navigate = useNavigate();
  const { case: chosen } = useSearch({ from: '/desk/follow-ups' });
  const query = useQuery(someCasesQuery({ open: false, follow_up_due: true, sort: 'due', limit: 200 }));
  // By the minute: which list a case stands in need not tick.
  const now = useNow((ms) => Math.floor(ms / 60_000) * 60_000);
  const today = dayOf(new Date(now).toISOString());
  const due = query.data?.cases ?? [];
  const ordered = GROUPS.flatMap((group) => due.filter((row) => groupOf(row, now, today) === group));
  const current = ordered.find(({ id }) => id === chosen) ?? ordered[0];
  const at = current ? ordered.indexOf(current) : -1;
  const go = (row: CaseSummary | undefined) => row && void navigate({ to: '/follow-ups', search: { case: row.id }, replace: true });
  useHotkeys({ j: () => go(ordered[at + 1]), k: () => go(ordered[at - 1]), ArrowDown: () => go(ordered[at + 1]), ArrowUp: () => go(ordered[at - 1]) });
  return (
    <>
      <Head part="cases">
        <span className="grow muted">{t('count', { count: ordered.length })}</span>
        <Link to="/queue" search={{ view: 'closed', tag: STUDY_TAG }}>{t('studies')}</Link>
      </Head>
      {query.error && <div className="page-body"><ProblemNote thrown={query.error} onRetry={() => void query.refetch()} /></div>}
      {query.data && ordered.length === 0 && <Empty title={t('none')} hint={t('none_hint')} />}
      {current && (
        <div className="followups">
          <nav aria-label={t('title')}>
            {GROUPS.map((group) => {
              const rows = ordered.filter((row) => groupOf(row, now, today) === group);
              return rows.length > 0 && (
                <section key={group}>
                  <h2>{t(`group.${group}`, { count: rows.length })}</h2>
                  <ul>
                    {rows.map((row) => (
                      <Item key={row.id} row={row} isCurrent={row === current} onGo={() => go(row)} />
                    ))}
                  </ul>
                </section>
              );
            })}
          </nav>
          <FollowUp key={current.id} row={current} onDone={() => go(ordered[at + 1] ?? ordered[at - 1])} />
        </div>
      )}
    </>
  );
}

function Item({ row, isCurrent, onGo }: { row: CaseSummary; isCurrent: boolean; onGo: () => void }) {
  const { t } = useTranslation('followups');
  const { nameOf } = usePeople();
  return (
    <li>
      <button type="button" aria-current={isCurrent || undefined} onClick={onGo}>
        <span className="row">
          <b>#{row.number}</b>
          <span className="grow ellipsis">{goodsOf(row) || t(`common:kind.${row.kind}`)}</span>
          {row.next_due_at && <Countdown dueAt={row.next_due_at} />}
        </span>
        <span className="row muted">
          {row.next_clock?.clock === 'promise' && <Chip tone="blue">{t('called_later')}</Chip>}
          <span className="grow ellipsis">{t('closed', { kind: t(`common:kind.${row.kind}`), at: row.closed_at ? moment(row.closed_at) : '' })}</span>
          {row.assignee && nameOf(row.assignee)}
        </span>
      </button>
    </li>
  );
}
