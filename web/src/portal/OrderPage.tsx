// The order: what was bought, what was asked about it, and what its buyer may ask for.
import { useTranslation } from 'react-i18next';
import type { Schema } from '../api/client';
import { dayOf, lastDayOf, moment, money } from '../lib/format';
import { readCases, readOrder } from './buyer';
import { useLoaded } from './load';
import { Rights } from './Rights';
import { toCase } from './route';
import { link } from './session';
import { Trouble } from './ui/Trouble';

const TONES: Partial<Record<Schema['Status'], string>> = {
  closed: 'grey', refused: 'red', awaiting_return: 'amber', awaiting_choice: 'amber', awaiting_difference: 'amber',
};

function CaseRow({ one }: { one: Schema['CaseSummary'] }) {
  const { t } = useTranslation();
  return (
    <li>
      <a className="case-row" href={toCase(one.id)}>
        <span className="grow">
          <b>{t(`kind.${one.kind}`)}</b>
          <small className="muted">{t('opened_at', { at: moment(one.opened_at) })}</small>
        </span>
        <span className="chip" data-tone={TONES[one.status] ?? 'blue'}>{t(`status.${one.status}`)}</span>
      </a>
    </li>
  );
}

export function OrderPage() {
  const { t } = useTranslation();
  const { data, thrown, reload } = useLoaded(link.get(), async () => {
    const [order, cases] = await Promise.all([readOrder(), readCases()]);
    return { order, cases };
  });
  if (!data) return thrown === undefined ? <p className="waiting" role="status">{t('loading')}</p> : <Trouble thrown={thrown} onRetry={() => void reload()} />;
  const { order, cases } = data;
  const canAsk = order.phase !== 'cancelled' && order.lines.some(({ in_hand }) => in_hand > 0);
  return (
    <>
      <h1>{t('order', { number: order.number })}</h1>
      <section className="card">
        <p className="phase">
          <b>{t(`phase.${order.phase}`)}</b>
          {order.delivered_at && <span className="muted">{moment(order.delivered_at)}</span>}
        </p>
        {order.parcels.map((parcel) => (
          <p key={parcel.waybill}>
            {parcel.carrier} {parcel.waybill}
            <small className="muted"> {t(`parcel.${parcel.state}`)} · {parcel.due_at ? t('parcel.due', { day: lastDayOf(parcel.due_at) }) : moment(parcel.seen_at)}</small>
          </p>
        ))}
        {order.holiday && <p role="status">{t('holiday', { from: dayOf(order.holiday.from), until: lastDayOf(order.holiday.until) })}</p>}
        <ul className="lines">
          {order.lines.map((line) => (
            <li key={line.id}>
              <span className="grow">
                {line.title}
                <small className="muted">{t(line.in_hand === line.units ? 'line.units' : 'line.in_hand', { count: line.units, left: line.in_hand })}</small>
              </span>
              <b>{money(line.paid)}</b>
            </li>
          ))}
        </ul>
        {order.covers.length > 0 && (
          <ul className="lines" aria-label={t('covers')}>
            {order.covers.map((cover) => (
              <li key={`${cover.line} ${cover.kind} ${cover.from ?? ''}`}>
                <span className="grow">
                  {cover.name}
                  <small className="muted">{cover.from ? t('cover.period', { from: dayOf(cover.from), until: cover.until ? lastDayOf(cover.until) : t('cover.open_end') }) : t('cover.not_begun')}</small>
                </span>
                <span className="chip" data-tone={cover.usable ? 'green' : 'grey'}>{t(cover.usable ? 'cover.usable' : 'cover.unusable')}</span>
              </li>
            ))}
          </ul>
        )}
        <p className="sum"><span>{t('paid')}</span><b>{money(order.paid)}</b></p>
        {canAsk && <a className="button primary" href="#/apply">{t('act.apply')}</a>}
        {!canAsk && <p className="muted">{t('nothing_left')}</p>}
      </section>
      <section className="card">
        <h2>{t('cases')}</h2>
        {cases.length === 0 ? <p className="muted">{t('no_cases')}</p> : <ul>{cases.map((one) => <CaseRow key={one.id} one={one} />)}</ul>}
        {!canAsk && order.phase !== 'cancelled' && <a className="button" href="#/apply">{t('act.ask')}</a>}
      </section>
      <Rights rights={order.rights} reasons={order.reasons} />
    </>
  );
}
