import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { closuresQuery } from '../../../api/queries';
import { length, lengthMs, moment } from '../../../lib/format';
import { Bars } from '../../../ui/Bars';
import { Empty } from '../../../ui/Empty';
import { ProblemNote } from '../../../ui/ProblemNote';

const DAY_MS = 86_400_000;

/** How long cases took to close, kind by kind, against the shop's goal. */
export function Closures() {
  const { t } = useTranslation('board');
  const query = useQuery(closuresQuery);
  const report = query.data;
  const goal = report?.goal ? lengthMs(report.goal.length) : undefined;
  const days = (ms: number) => t('days', { days: (ms / DAY_MS).toFixed(1) });
  return (
    <section className="panel" aria-label={t('closures')}>
      <h2>
        {t('closures')}
        {report?.mean_ms != null && <span className="muted">{t('closures_mean', { count: report.closed, mean: days(report.mean_ms) })}</span>}
      </h2>
      {query.error && <ProblemNote thrown={query.error} onRetry={() => void query.refetch()} />}
      {report?.closed === 0 && <Empty title={t('none.closures')} hint={t('none_hint.closures')} />}
      {report && report.closed > 0 && (
        <>
          <Bars
            label={t('closures')}
            goal={goal}
            {...(report.goal ? { goalLabel: t('goal', { length: length(report.goal.length), clause: report.goal.clause.id }) } : {})}
            bars={report.kinds
              .filter(({ mean_ms }) => mean_ms != null)
              .map(({ kind, closed, mean_ms: mean }) => ({
                key: kind,
                label: t(`common:kind.${kind}`),
                parts: [{ value: mean!, tone: goal !== undefined && mean! > goal ? 'amber' : 'green' }],
                said: t('closures_kind', { mean: days(mean!), count: closed }),
              }))}
          />
          <p className="hint">{t('closures_span', { from: moment(report.from), until: moment(report.until) })}</p>
        </>
      )}
    </section>
  );
}
