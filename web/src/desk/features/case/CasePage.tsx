import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useDeferredValue, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { caseQuery, timelineQuery } from '../../../api/queries';
import { useHotkeys } from '../../../lib/hotkeys';
import { ProblemNote } from '../../../ui/ProblemNote';
import { useCases } from '../queue/cases';
import { CaseHeader } from './CaseHeader';
import { CaseList } from './CaseList';
import { Composer } from './Composer';
import { Course } from './Course';
import { useCaseSearch } from './search';
import { Side } from './side/Side';
import { Timeline } from './timeline/Timeline';
import './case.css';

/** One case on one screen: the list it came from, what happened and was said, and what can be done. */
export function CasePage() {
  const { t } = useTranslation('case');
  const { caseId } = useParams({ from: '/desk/cases/$caseId' });
  const { do: action, evidence, ...queue } = useSearch({ from: '/desk/cases/$caseId' });
  const navigate = useNavigate();
  const client = useQueryClient();
  const setSearch = useCaseSearch();
  const list = useCases(queue);
  const found = useQuery(caseQuery(caseId));
  const { data, error } = found;

  // What was said is drawn first; the side column follows in the next breath.
  const beside = useDeferredValue(data, undefined);
  const at = list.cases.findIndex((row) => row.id === caseId);
  const neighbour = (by: number) => list.cases[at + by]?.id;
  const go = (id: string | undefined) =>
    id && void navigate({ to: '/cases/$caseId', params: { caseId: id }, search: queue });
  const next = neighbour(1);
  useEffect(() => {
    // The next one is what an agent opens most.
    if (!next || !data) return;
    void client.prefetchQuery(caseQuery(next));
    void client.prefetchQuery(timelineQuery(next));
  }, [client, next, data]);

  useHotkeys({
    ']': () => go(next),
    '[': () => go(neighbour(-1)),
    a: () => data?.next.includes('assign') && setSearch({ do: 'assign' }),
    Escape: () => {
      if (action || evidence) setSearch({ do: undefined, evidence: undefined });
      else void navigate({ to: '/queue', search: queue });
    },
  });

  return (
    <div className="case">
      <CaseList list={list} current={caseId} search={queue} />
      <section className="case-main" aria-label={t('title', { number: data?.number ?? '' })}>
        {error && (
          <div className="case-problem">
            <ProblemNote thrown={error} onRetry={() => void found.refetch()} />
          </div>
        )}
        {data && (
          <>
            <CaseHeader data={data} />
            <Course data={data} />
            <Timeline key={caseId} data={data} />
            <Composer key={`composer-${caseId}`} data={data} />
          </>
        )}
      </section>
      {beside ? <Side key={beside.id} data={beside} action={action} evidence={evidence} /> : <aside className="side" />}
    </div>
  );
}
