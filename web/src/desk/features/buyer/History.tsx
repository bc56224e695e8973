import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { historyQuery } from '../../../api/care';
import { day, money } from '../../../lib/format';
import { Chip } from '../../../ui/Chip';
import { ProblemNote } from '../../../ui/ProblemNote';
import { useReasons } from '../../names';
import { statusTone } from '../tones';

/** What he bought and what he asked for, latest first. */
export function History({ id }: { id: string }) {
  const { t } = useTranslation('buyer');
  const { titles } = useReasons();
  const query = useQuery(historyQuery(id));
  const history = query.data;
  if (query.error) return <ProblemNote thrown={query.error} onRetry={() => void query.refetch()} />;
  if (!history) return null;
  return (
    <>
      <section className="panel" aria-label={t('orders')}>
        <h2>
          {t('orders')} <span className="muted">{history.orders.length}</span>
        </h2>
        {history.orders.length === 0 && <p className="muted">{t('no_orders')}</p>}
        <ul className="rows">
          {history.orders.map((order) => (
            <li key={order.id}>
              <Link className="row" to="/orders/$orderId" params={{ orderId: order.id }}>
                <span className="grow ellipsis">
                  <b>{order.number}</b> <span className="muted">{order.titles.join(t('common:list.and'))}</span>
                </span>
                <span>{money(order.paid)}</span>
                <span className="muted buyer-day">{day(order.since)}</span>
                <Chip tone={order.phase === 'cancelled' ? 'red' : 'blue'}>{t(`order:phase.${order.phase}`)}</Chip>
              </Link>
            </li>
          ))}
        </ul>
      </section>
      <section className="panel" aria-label={t('cases')}>
        <h2>
          {t('cases')} <span className="muted">{history.cases.length}</span>
        </h2>
        {history.cases.length === 0 && <p className="muted">{t('no_cases')}</p>}
        <ul className="rows">
          {history.cases.map((one) => (
            <li key={one.id}>
              <Link className="row" to="/cases/$caseId" params={{ caseId: one.id }}>
                <span className="grow ellipsis">
                  <b>#{one.number}</b> {t(`common:kind.${one.kind}`)} <span className="muted">{titles.get(one.reason) ?? one.reason}</span>
                </span>
                {one.score && <Chip tone={one.score >= 4 ? 'green' : one.score === 3 ? 'grey' : 'amber'}>{t('score', { score: one.score })}</Chip>}
                <span className="muted buyer-day">{day(one.opened_at)}</span>
                <Chip tone={statusTone(one.status)}>{t(`common:status.${one.status}`)}</Chip>
              </Link>
            </li>
          ))}
        </ul>
      </section>
    </>
  );
}
