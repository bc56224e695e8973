import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { countsQuery, shopQuery, someCasesQuery, type CaseSummary, type CasesAsked } from '../../../api/queries';
import { keyOf, useHotkeys } from '../../../lib/hotkeys';
import { Empty } from '../../../ui/Empty';
import { ProblemNote } from '../../../ui/ProblemNote';
import { CaseRows } from '../CaseRows';
import { BulkPanel } from '../queue/BulkPanel';
import { highValueOf } from '../queue/views';
import { Closures } from './Closures';
import { Delays } from './Delays';
import { Lend } from './Lend';
import { Losses } from './Losses';
import { Payments } from './Payments';
import { People } from './People';
import { Unsent } from './Unsent';
import { Violations } from './Violations';
import '../page.css';
import '../queue/queue.css';
import './board.css';

const LISTS: Record<'risk' | 'unassigned' | 'escalated', CasesAsked> = {
  risk: { open: true, awaiting: 'shop', limit: 15 },
  escalated: { open: true, escalated_to: 'anybody', limit: 15 },
  unassigned: { open: true, assignee: 'nobody', awaiting: 'shop', limit: 15 },
};

/** Who has how much, what is about to go wrong, what was passed upward; and cases handed over. */
export function BoardPage() {
  const { t } = useTranslation('board');
  const client = useQueryClient();
  const [chosen, setChosen] = useState<ReadonlyMap<string, CaseSummary>>(new Map());
  const [handing, setHanding] = useState<{ to?: string }>();
  const toggle = (row: CaseSummary) =>
    setChosen((before) => {
      const next = new Map(before);
      if (!next.delete(row.id)) next.set(row.id, row);
      return next;
    });
  const leave = () => {
    setHanding(undefined);
    setChosen(new Map());
  };
  useHotkeys({ a: () => chosen.size > 0 && setHanding({}), Escape: leave });
  return (
    <div className="board" data-panel={Boolean(handing) || undefined}>
      <div className="page">
        <header className="page-head">
          <h1 className="grow">{t('title')}</h1>
          {chosen.size > 0 && (
            <>
              <span>{t('queue:bulk.selected', { count: chosen.size })}</span>
              <Button type="primary" onClick={() => setHanding({})}>
                {t('hand_over')} <kbd className="on-primary">{keyOf('a')}</kbd>
              </Button>
              <Button type="text" onClick={leave}>
                {t('queue:bulk.clear')}
              </Button>
            </>
          )}
        </header>
        <div className="page-body">
          <Totals />
          <div className="panels">
            <People />
            <Closures />
            <Losses />
            <Violations />
            <Unsent />
            <Payments />
            <Delays />
            <Lend
              onPicked={(cases, to) => {
                setChosen(new Map(cases.map((row) => [row.id, row])));
                setHanding({ to });
              }}
            />
            {(Object.keys(LISTS) as (keyof typeof LISTS)[]).map((name) => (
              <List key={name} name={name} chosen={chosen} onToggle={toggle} />
            ))}
          </div>
        </div>
      </div>
      {handing && chosen.size > 0 && (
        <BulkPanel key={handing.to} act="assign" given={handing} cases={[...chosen.values()]} onClose={() => setHanding(undefined)} onDone={() => {
          leave();
          void client.invalidateQueries({ queryKey: ['cases'] });
          void client.invalidateQueries({ queryKey: ['counts'] });
        }} />
      )}
    </div>
  );
}

const TOTALS = ['open', 'overdue', 'due_soon', 'unassigned', 'escalated', 'disputed'] as const;

/** How the shop stands, in six figures that lead to their cases. */
function Totals() {
  const { t } = useTranslation('board');
  const shop = useQuery(shopQuery).data;
  const counts = useQuery({ ...countsQuery(highValueOf(shop)), enabled: shop !== undefined }).data;
  return (
    <nav className="totals" aria-label={t('totals')}>
      {TOTALS.map((view) => (
        <Link key={view} to="/queue" search={{ view }} data-view={view} data-some={Boolean(counts?.[view]) || undefined}>
          <b>{counts?.[view] ?? '–'}</b>
          <span>{t(`common:view.${view}`)}</span>
        </Link>
      ))}
    </nav>
  );
}

interface ListProps {
  name: keyof typeof LISTS;
  chosen: ReadonlyMap<string, CaseSummary>;
  onToggle: (row: CaseSummary) => void;
}

function List({ name, chosen, onToggle }: ListProps) {
  const { t } = useTranslation('board');
  const query = useQuery(someCasesQuery(LISTS[name]));
  const cases = query.data?.cases ?? [];
  return (
    <section className={name === 'risk' ? 'panel wide' : 'panel'} aria-label={t(`list.${name}`)}>
      <h2>
        {t(`list.${name}`)}
        <span className="muted">{query.data?.total}</span>
      </h2>
      {query.error && <ProblemNote thrown={query.error} onRetry={() => void query.refetch()} />}
      {query.data && cases.length === 0 && <Empty title={t(`none.${name}`)} hint={t(`none_hint.${name}`)} />}
      <CaseRows
        cases={cases}
        label={t(`list.${name}`)}
        selected={new Set(chosen.keys())}
        onToggle={(id) => onToggle(cases.find((row) => row.id === id)!)}
        upward={name === 'escalated'}
      />
    </section>
  );
}
