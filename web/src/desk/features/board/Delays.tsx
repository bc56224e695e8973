import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { delayPlanQuery } from '../../../api/queries';
import { day } from '../../../lib/format';
import { ProblemNote } from '../../../ui/ProblemNote';
import { lastOf } from '../case/side/Trade';

/** What is ready against delays: the holiday ahead, and what a buyer gets whose parcel is late or lost. */
export function Delays() {
  const { t } = useTranslation('board');
  const query = useQuery(delayPlanQuery);
  const plan = query.data;
  const holiday = plan?.holiday;
  return (
    <section className="panel" aria-label={t('delays')}>
      <h2>{t('delays')}</h2>
      {query.error && <ProblemNote thrown={query.error} onRetry={() => void query.refetch()} />}
      {holiday && <p role="status"><b>{t('delays_holiday', { from: day(holiday.from), until: day(lastOf(holiday.until)) })}</b></p>}
      {plan && !holiday && plan.notice_days != null && <p className="muted">{t('delays_none', { count: plan.notice_days })}</p>}
      {plan && plan.clauses.length > 0 && (
        <>
          <p>{t('delays_clauses')}</p>
          <ul className="plain-list">
            {plan.clauses.map(({ id, title, source }) => (
              <li key={id}>
                <div className="row">
                  <b className="grow">{title}</b>
                  <code>{id}</code>
                </div>
                <p className="muted">{source}</p>
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}
