import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { delayPlanQuery, type CaseDto } from '../../../../api/queries';
import { day, moment, money } from '../../../../lib/format';
import { Chip } from '../../../../ui/Chip';
import { Section } from './Section';

/** An order that is not paid yet: what is owed and what came in, what the buyer was told, and the holiday ahead. */
export function Trade({ data }: { data: CaseDto }) {
  const { t } = useTranslation('case');
  const { trade } = data.tracks;
  const holiday = useQuery({ ...delayPlanQuery, enabled: Boolean(trade) && !data.closed_at }).data?.holiday;
  if (!trade) return null;
  const isPaid = trade.outstanding.minor === 0;
  const told = [
    trade.letter_at ? t('trade.letter', { at: moment(trade.letter_at) }) : t('trade.no_letter'),
    trade.letter_at && (trade.answered_at ? t('trade.answered', { at: moment(trade.answered_at) }) : !isPaid && t('trade.unanswered')),
    trade.reminded_at && t('trade.reminded', { at: moment(trade.reminded_at), by: moment(trade.pay_by!) }),
    trade.reported_at && t('trade.reported', { at: moment(trade.reported_at) }),
    trade.dispatched_at && [t('trade.dispatched', { at: moment(trade.dispatched_at) }), trade.parcel?.carrier, trade.parcel?.waybill].filter(Boolean).join(' '),
  ].filter(Boolean);
  return (
    <Section name="trade" title={t('section.trade')} aside={<Chip tone={isPaid ? 'green' : 'amber'}>{t(isPaid ? 'trade.received' : 'trade.outstanding', { amount: money(isPaid ? trade.received : trade.outstanding) })}</Chip>}>
      <p className="muted">
        {t('trade.owed', { amount: money(trade.owed) })} · {t('trade.received', { amount: money(trade.received) })}
      </p>
      {trade.to_return && <p role="status"><b>{t('trade.to_return', { amount: money(trade.to_return) })}</b></p>}
      {holiday && <p className="hint">{t('trade.holiday', { from: day(holiday.from), until: day(lastOf(holiday.until)) })}</p>}
      <ul className="plain-list">
        {told.map((one) => <li key={one as string}>{one}</li>)}
        {trade.payments.map((payment) => (
          <li key={payment.way + payment.reference} className="row">
            <b>{money(payment.amount)}</b>
            <span className="grow muted">{[t(`pay_way.${payment.way}`), payment.bank, payment.reference].filter(Boolean).join(' · ')}</span>
            <span className="muted">{moment(payment.paid_at)}</span>
          </li>
        ))}
      </ul>
      {data.order && <Link to="/orders/$orderId/note" params={{ orderId: data.order }}>{t('trade.note')}</Link>}
    </Section>
  );
}

/** The last day of a holiday is the one that ends then. */
export const lastOf = (until: string) => Date.parse(until) - 1;
