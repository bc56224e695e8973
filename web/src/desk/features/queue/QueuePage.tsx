import { useQueryClient } from '@tanstack/react-query';
import { useNavigate, useRouter, useSearch } from '@tanstack/react-router';
import { Button, Segmented } from 'antd';
import { useCallback, useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { caseQuery, timelineQuery, type CaseSummary } from '../../../api/queries';
import { Empty } from '../../../ui/Empty';
import { ProblemNote } from '../../../ui/ProblemNote';
import { Grid } from '../../../ui/grid/Grid';
import { useHotkeys } from '../../../lib/hotkeys';
import { changedCases, listsWereRead } from '../../live';
import { BulkBar, type BulkAct } from './BulkBar';
import { BulkPanel } from './BulkPanel';
import { useCases } from './cases';
import { useColumns } from './columns';
import { Filters } from './Filters';
import { useSelection } from './selection';
import { ViewList } from './ViewList';
import './queue.css';

const idOf = (row: CaseSummary) => row.id;
const nameOf = (row: CaseSummary) => `#${row.number}`;
const SORTS = ['due', 'opened', 'changed'] as const;

export function QueuePage() {
  const { t } = useTranslation('queue');
  const search = useSearch({ from: '/desk/queue' });
  const navigate = useNavigate();
  const router = useRouter();
  const client = useQueryClient();
  const { cases, total, error, loading, refetch, more } = useCases(search);
  const columns = useColumns(search.view === 'closed');
  const { selected, toggle, selectAll, clear } = useSelection(cases);
  const [focused, setFocused] = useState<string>();
  const [act, setAct] = useState<BulkAct>();
  const changed = changedCases.use();

  const view = search.view ?? (search.order ? undefined : 'open');
  const place = JSON.stringify(search);
  useEffect(() => {
    clear();
    setFocused(undefined);
    listsWereRead();
  }, [place, clear]);

  // The case's code is fetched while its reader still looks at the list.
  useEffect(() => {
    const timer = setTimeout(() => void router.loadRouteChunk(router.routesByPath['/cases/$caseId']), 800);
    return () => clearTimeout(timer);
  }, [router]);

  const selectLabel = useCallback((name: string) => t('select', { name }), [t]);
  const open = useCallback(
    (caseId: string) => void navigate({ to: '/cases/$caseId', params: { caseId }, search }),
    [navigate, search],
  );
  const fetchAhead = useCallback(
    (id: string) => {
      void client.prefetchQuery(caseQuery(id));
      void client.prefetchQuery(timelineQuery(id));
    },
    [client],
  );
  const hover = useRest(fetchAhead);
  const update = () => {
    listsWereRead();
    void refetch();
  };

  const index = cases.findIndex((row) => row.id === focused);
  const move = (by: number) => {
    const next = cases[Math.max(0, Math.min(cases.length - 1, index + by))];
    if (!next) return;
    setFocused(next.id);
    hover(next.id);
  };
  const begin = (kind: BulkAct) => {
    if (selected.size === 0 && focused) toggle(focused, false);
    if (selected.size > 0 || focused) setAct(kind);
  };
  useHotkeys({
    j: () => move(1),
    ArrowDown: () => move(1),
    k: () => move(-1),
    ArrowUp: () => move(-1),
    x: () => focused && toggle(focused, false),
    'Shift+X': () => focused && toggle(focused, true),
    Enter: () => focused && open(focused),
    a: () => begin('assign'),
    t: () => begin('tag'),
    u: update,
    Escape: () => (act ? setAct(undefined) : clear()),
  });

  const chosen = useMemo(() => cases.filter((row) => selected.has(row.id)), [cases, selected]);
  const isFiltered = Object.keys(search).some((key) => key !== 'view' && key !== 'sort');
  return (
    <div className="queue" data-panel={act !== undefined || undefined}>
      <ViewList current={view} />
      <section className="queue-main" aria-label={t('title')}>
        <div className="queue-bar">
          {chosen.length > 0 ? (
            <BulkBar count={chosen.length} onAct={setAct} onClear={clear} />
          ) : (
            <Filters search={search} />
          )}
          {changed.size > 0 && (
            <Button size="small" type="primary" className="queue-changed" onClick={update} title="u">
              {t('changed', { count: changed.size })}
            </Button>
          )}
          <span className="muted queue-total">{t('total', { count: total })}</span>
          <Segmented
            size="small"
            aria-label={t('sort.label')}
            value={search.sort ?? (view === 'closed' ? 'changed' : 'due')}
            options={SORTS.map((sort) => ({ value: sort, label: t(`sort.${sort}`) }))}
            onChange={(sort) => void navigate({ to: '/queue', search: { ...search, sort }, replace: true })}
          />
        </div>
        {error && <div className="queue-problem"><ProblemNote thrown={error} onRetry={() => void refetch()} /></div>}
        {!error && !loading && cases.length === 0 && (
          <Empty
            title={t(isFiltered ? 'empty.filtered' : `empty.${view === 'overdue' || view === 'due_soon' ? 'calm' : 'view'}`)}
            hint={t(isFiltered ? 'empty.filtered_hint' : 'empty.view_hint')}
          />
        )}
        {cases.length > 0 && (
          <Grid
            label={t('title')}
            columns={columns}
            rows={cases}
            total={total}
            idOf={idOf}
            nameOf={nameOf}
            focused={focused}
            selected={selected}
            selectLabel={selectLabel}
            selectAllLabel={t('select_all')}
            onHover={hover}
            onOpen={open}
            onSelect={toggle}
            onSelectAll={selectAll}
            onNearEnd={more}
          />
        )}
      </section>
      {act && chosen.length > 0 && (
        <BulkPanel
          key={act}
          act={act}
          cases={chosen}
          onClose={() => setAct(undefined)}
          onDone={() => {
            clear();
            update();
          }}
        />
      )}
    </div>
  );
}

const REST_MS = 90;

/** Calls on once pointer or focus rest: passing over a row is no wish to see it. */
function useRest(then: (id: string) => void): (id: string) => void {
  return useMemo(() => {
    let timer: ReturnType<typeof setTimeout>;
    return (id) => {
      clearTimeout(timer);
      timer = setTimeout(() => then(id), REST_MS);
    };
  }, [then]);
}
