import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { unsentQuery } from '../../../api/queries';
import { moment } from '../../../lib/format';
import { Countdown } from '../../../ui/Countdown';
import { Empty } from '../../../ui/Empty';
import { ProblemNote } from '../../../ui/ProblemNote';

const SHOWN = 8;

/** What was paid and has not left, the longest waiting first, with the time each has. */
export function Unsent() {
  const { t } = useTranslation('board');
  const query = useQuery(unsentQuery);
  const unsent = query.data;
  const late = unsent?.orders.filter((one) => one.late).length ?? 0;
  return (
    <section className="panel" aria-label={t('unsent')}>
      <h2>{t('unsent')}</h2>
      {query.error && <ProblemNote thrown={query.error} onRetry={() => void query.refetch()} />}
      {unsent?.count === 0 && <Empty title={t('none.unsent')} hint={t('none_hint.unsent')} />}
      {unsent && unsent.unseen.length > 0 && (
        <>
          <p role="alert"><b>{t('unseen_count', { count: unsent.unseen.length })}</b></p>
          <ul className="plain-list">
            {unsent.unseen.slice(0, SHOWN).map((one) => (
              <li key={one.waybill} className="row">
                <Link className="grow ellipsis" to="/orders/$orderId" params={{ orderId: one.order }}>{one.number}</Link>
                <span className="muted ellipsis">{one.carrier} {one.waybill}</span>
                <span className="muted">{t('unseen_sent', { at: moment(one.sent_at) })}</span>
              </li>
            ))}
          </ul>
          {unsent.unseen_clause && <p className="hint">{unsent.unseen_clause.title}</p>}
        </>
      )}
      {unsent && unsent.count > 0 && (
        <>
          <p role={late > 0 ? 'status' : undefined}>
            {t('unsent_count', { count: unsent.count })}
            {late > 0 && <b> {t('unsent_late', { count: late })}</b>}
          </p>
          <ul className="plain-list">
            {unsent.orders.slice(0, SHOWN).map((one) => (
              <li key={one.id} className="row">
                <Link className="grow ellipsis" to="/orders/$orderId" params={{ orderId: one.id }}>{one.number}</Link>
                <span className="muted">{t('unsent_paid', { at: moment(one.paid_at) })}</span>
                {one.due_at && <Countdown dueAt={one.due_at} />}
              </li>
            ))}
          </ul>
          {unsent.clause && <p className="hint">{unsent.clause.title}</p>}
        </>
      )}
    </section>
  );
}
