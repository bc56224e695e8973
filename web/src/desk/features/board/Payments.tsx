import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { paymentsQuery } from '../../../api/queries';
import { moment, money } from '../../../lib/format';
import { Bars } from '../../../ui/Bars';
import { Empty } from '../../../ui/Empty';
import { ProblemNote } from '../../../ui/ProblemNote';

const SHOWN = 8;

/** The payment log: which ways and banks buyers use, what was sold for less, and what came in last. */
export function Payments() {
  const { t } = useTranslation('board');
  const query = useQuery(paymentsQuery);
  const log = query.data;
  return (
    <section className="panel" aria-label={t('payments')}>
      <h2>{t('payments')}</h2>
      {query.error && <ProblemNote thrown={query.error} onRetry={() => void query.refetch()} />}
      {log?.sums.length === 0 && <Empty title={t('none.payments')} hint={t('none_hint.payments')} />}
      {log && log.sums.length > 0 && (
        <>
          <Bars
            label={t('payments')}
            bars={log.sums.map(({ way, bank, amount, count, percent, discounted, discount }) => ({
              key: way + bank + amount.currency,
              label: [t(`case:pay_way.${way}`), bank].filter(Boolean).join(' '),
              parts: [{ value: amount.minor, tone: 'blue' }],
              said: (
                <span title={discounted > 0 ? t('payments_discounted', { count: discounted, amount: money(discount) }) : undefined}>
                  {t('payments_row', { amount: money(amount), count, percent })}
                </span>
              ),
            }))}
          />
          <ul className="plain-list">
            {log.latest.slice(0, SHOWN).map((one) => (
              <li key={one.way + one.reference} className="row">
                <b>{money(one.amount)}</b>
                <span className="grow muted ellipsis">{[t(`case:pay_way.${one.way}`), one.bank, one.reference].filter(Boolean).join(' · ')}</span>
                <Link to="/cases/$caseId" params={{ caseId: one.case }}>{one.order_number}</Link>
                <span className="muted">{moment(one.paid_at)}</span>
              </li>
            ))}
          </ul>
          <p className="hint">{t('payments_span', { from: moment(log.from), until: moment(log.until) })}</p>
        </>
      )}
    </section>
  );
}
