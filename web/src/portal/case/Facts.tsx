import { useTranslation } from 'react-i18next';
import { money, moment } from '../../lib/format';
import type { Case, Order } from '../buyer';

/** What was asked, and on what ground. */
export function Facts({ order, data }: { order: Order; data: Case }) {
  const { t } = useTranslation('portal_case');
  const titleOf = new Map(order.lines.map(({ id, title }) => [id, title]));
  const { pickup, right, agreed, steps } = data;
  const { cover_claim: claim, visit } = data.tracks;
  const goods = data.tracks.goods;
  const parcel = goods && 'parcel' in goods ? goods.parcel : undefined;
  return (
    <section className="card">
      <h2>{t('facts')}</h2>
      <dl>
        {data.claim.lines.map(({ line, units }) => (
          <div key={line}><dt>{t('fact.goods')}</dt><dd>{t('fact.units', { title: titleOf.get(line) ?? '', count: units })}</dd></div>
        ))}
        {data.claim.amount.minor > 0 && <div><dt>{t('fact.amount')}</dt><dd>{money(data.claim.amount)}</dd></div>}
        <div><dt>{t('fact.reason')}</dt><dd>{data.reason.title}</dd></div>
        {right && <div><dt>{t('fact.right')}</dt><dd>{right.title}<small className="muted">{right.source}</small></dd></div>}
        {agreed && <div><dt>{t('fact.agreed')}</dt><dd>{agreed.title}</dd></div>}
        {steps.map((one) => (
          <div key={one.step}><dt>{t(`plan.extra.${one.extra}`, { worth: one.worth ? money(one.worth) : '', months: one.months, count: one.count })}</dt><dd>{t(one.done ? 'fact.done' : 'fact.open')}</dd></div>
        ))}
        {parcel && <div><dt>{t('fact.parcel')}</dt><dd>{parcel.carrier} {parcel.waybill}</dd></div>}
        {pickup && <div><dt>{t('fact.pickup')}</dt><dd>{pickup.carrier} {moment(pickup.from)} – {moment(pickup.until)}</dd></div>}
        {claim && (
          <div>
            <dt>{t(`common:plan_kind.${claim.plan}`)}</dt>
            <dd>{t(`claim.${claim.stage}`, { provider: claim.provider ?? '' })}{claim.settled && <small className="muted">{money(claim.settled)}</small>}</dd>
          </div>
        )}
        {visit && <div><dt>{t('fact.visit')}</dt><dd>{moment(visit.from)} – {moment(visit.until)}{visit.outcome && <small className="muted">{t(`visit.${visit.outcome}`)}</small>}</dd></div>}
        {data.return_address && <div><dt>{t('address')}</dt><dd>{data.return_address}</dd></div>}
        <div><dt>{t('fact.opened')}</dt><dd>{moment(data.opened_at)}</dd></div>
      </dl>
    </section>
  );
}
