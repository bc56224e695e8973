import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { orderQuery, type CaseDto } from '../../../../api/queries';
import { money, moment } from '../../../../lib/format';
import { Chip } from '../../../../ui/Chip';
import { ProblemNote } from '../../../../ui/ProblemNote';
import { Section } from './Section';

const sum = (amounts: { minor: number }[]) => amounts.reduce((total, { minor }) => total + minor, 0);

/** The order: what was bought, which of it is asked about, what went back of the money. */
export function OrderSection({ data }: { data: CaseDto }) {
  const { t } = useTranslation('case');
  const query = useQuery({ ...orderQuery(data.order ?? ''), enabled: Boolean(data.order) });
  const order = query.data;
  if (!data.order) return null;
  const asked = new Map(data.claim.lines.map(({ line, units }) => [line, units]));
  return (
    <Section name="order" title={t('section.order')} aside={order && <span className="muted">{order.number}</span>}>
      {query.error && <ProblemNote thrown={query.error} onRetry={() => void query.refetch()} />}
      {order && (
        <>
          <ul className="lines">
            {order.lines.map((line) => {
              const refunded = sum(line.units.map((unit) => unit.refunded));
              const paid = sum(line.units.map((unit) => unit.paid));
              return (
                <li key={line.id} data-asked={asked.has(line.id) || undefined}>
                  <div className="row">
                    <span className="grow">{line.title}</span>
                    <span>{money({ ...order.paid, minor: paid })}</span>
                  </div>
                  <div className="row muted">
                    <span className="grow">
                      {line.sku} × {line.units.length}
                    </span>
                    {line.no_reason_excluded && <Chip tone="amber">{t('no_reason_excluded')}</Chip>}
                    {refunded > 0 && <span>{t('refunded', { amount: money({ ...order.paid, minor: refunded }) })}</span>}
                    {asked.has(line.id) && <Chip tone="blue">{t('asked_units', { count: asked.get(line.id) ?? 0 })}</Chip>}
                  </div>
                </li>
              );
            })}
          </ul>
          <ol className="course" aria-label={t('course')}>
            {(['paid_at', 'dispatched_at', 'delivered_at', 'cancelled_at'] as const)
              .filter((step) => step !== 'cancelled_at' || order.cancelled_at)
              .map((step) => (
                <li key={step} data-done={Boolean(order[step]) || undefined}>
                  <b>{t(`course_step.${step}`)}</b>
                  <span className="muted">{order[step] ? moment(order[step]) : t('not_yet')}</span>
                </li>
              ))}
          </ol>
          <dl className="pairs">
            <div>
              <dt>{t('paid')}</dt>
              <dd>
                {money(order.paid)} <span className="muted">{order.payment_method && t(`payment.${order.payment_method}`, { defaultValue: order.payment_method })}</span>
              </dd>
            </div>
            {order.region && (
              <div>
                <dt>{t('region')}</dt>
                <dd>{order.region}</dd>
              </div>
            )}
          </dl>
        </>
      )}
    </Section>
  );
}
