import { useTranslation } from 'react-i18next';
import type { Schema } from '../../../api/client';
import { money, moment } from '../../../lib/format';
import { Chip } from '../../../ui/Chip';
import { Parcels } from './Parcels';
import '../case/case.css';

const sum = (amounts: { minor: number }[]) => amounts.reduce((total, { minor }) => total + minor, 0);
const STEPS = ['placed_at', 'paid_at', 'dispatched_at', 'delivered_at', 'cancelled_at'] as const;
/** Shown only where there is something to show. */
const RARE: ReadonlySet<(typeof STEPS)[number]> = new Set(['placed_at', 'cancelled_at']);

/** What was bought, which of it is asked about, what went back of the money; how far the order got. */
export function OrderFacts({ order, asked }: { order: Schema['OrderDto']; asked: ReadonlyMap<string, number> }) {
  const { t } = useTranslation('case');
  return (
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
        {STEPS.filter((step) => !RARE.has(step) || order[step]).map((step) => (
          <li key={step} data-done={Boolean(order[step]) || undefined}>
            <b>{t(`course_step.${step}`)}</b>
            <span className="muted">{order[step] ? moment(order[step]) : t('not_yet')}</span>
          </li>
        ))}
      </ol>
      <Parcels order={order.id} />
      <dl className="pairs">
        <div>
          <dt>{t(order.paid_at ? 'paid' : 'owed')}</dt>
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
  );
}
