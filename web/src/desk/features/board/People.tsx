import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Load } from '../../../api/board';
import { workloadQuery } from '../../../api/queries';
import { Bars } from '../../../ui/Bars';
import { Empty } from '../../../ui/Empty';
import { ProblemNote } from '../../../ui/ProblemNote';
import { usePeople } from '../../names';

/** How much each has, and how much of it presses. */
export function People() {
  const { t } = useTranslation('board');
  const { nameOf } = usePeople();
  const query = useQuery(workloadQuery);
  const people = query.data?.people.filter(({ person, open }) => person || open > 0).toSorted((a, b) => b.open - a.open) ?? [];
  const nameFor = (load: Load) => (!load.person ? t('queue:assignee_nobody') : load.name || nameOf(load.person) || load.person);
  return (
    <section className="panel" aria-label={t('people')}>
      <h2>{t('people')}</h2>
      {query.error && <ProblemNote thrown={query.error} onRetry={() => void query.refetch()} />}
      {query.data && people.length === 0 && <Empty title={t('none.people')} />}
      <Bars
        label={t('people')}
        bars={people.map((load) => ({
          key: load.person ?? '',
          label: (
            <Link to="/queue" search={{ assignee: load.person ?? 'nobody' }}>
              {nameFor(load)}
            </Link>
          ),
          parts: [
            { value: load.overdue, tone: 'red', name: t('part.overdue') },
            { value: load.due_soon, tone: 'amber', name: t('part.due_soon') },
            { value: load.open - load.overdue - load.due_soon, tone: 'blue', name: t('part.open') },
          ],
          said: <Said load={load} />,
        }))}
      />
      <p className="hint legend">
        {(['overdue', 'due_soon', 'open'] as const).map((part) => (
          <span key={part} data-part={part}>
            <i aria-hidden="true" /> {t(`part.${part}`)}
          </span>
        ))}
      </p>
    </section>
  );
}

function Said({ load }: { load: Load }) {
  const { t } = useTranslation('board');
  return (
    <>
      <b>{load.open}</b>
      {(['overdue', 'due_soon', 'awaiting_shop', 'escalated'] as const)
        .filter((name) => load[name] > 0)
        .map((name) => (
          <span key={name} className={`load load-${name}`}>
            {t(`load.${name}`, { count: load[name] })}
          </span>
        ))}
    </>
  );
}
