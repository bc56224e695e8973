// What happened so far, as a short vertical line: the latest first in sight, the whole on request.
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { TFunction } from 'i18next';
import { actor } from '../../api/actor';
import { moment, money } from '../../lib/format';
import type { Entry } from '../buyer';

const SHOWN = 4;
type Data = Record<string, unknown>;

/** Words of an event that its text has places for. */
export function wordsOf({ type, data: raw }: Pick<Entry, 'type' | 'data'>, currency: string, t: TFunction<'portal_case'>): Record<string, string> {
  const data = raw as Data;
  if (type === 'order_dispatched') {
    const sent = data['parcel'] as { carrier: string; waybill: string } | undefined;
    return { parcel: sent ? ` · ${sent.carrier} ${sent.waybill}` : '' };
  }
  if (type === 'payment_reminded') return { by: moment(data['pay_by'] as number) };
  if (data['parcel']) return data['parcel'] as { carrier: string; waybill: string };
  if (type === 'opened') return { kind: t(`common:kind.${data['kind'] as string}`) };
  if (type === 'clock_expired') {
    const { clock, outcome } = data as { clock: string; outcome?: string };
    // Where a clock's end means something of its own, it has words of its own.
    return { clock: t(`clock.${clock}`), follows: t([`expired_of.${clock}`, `expired.${outcome}`]) };
  }
  if (type === 'closed') return { outcome: t(`outcome.${data['outcome'] as string}`) };
  if (type === 'trial_ended') return { result: t(data['worked'] ? 'event.worked' : 'event.not_worked') };
  if (type === 'evidence_asked') return { kinds: (data['kinds'] as string[]).map((kind) => t(`evidence_kind.${kind}`)).join(t('common:list.and')) };
  if (type === 'promised' || type === 'promise_moved') return { due: moment(data['due_at'] as number) };
  if (type === 'intervention_asked' || type === 'appealed') return { who: t(`side_of.${(data['by'] as string | undefined) ?? 'buyer'}`) };
  if (type === 'ruled') return { ruling: t(`ruling.${typeof data['ruling'] === 'string' ? data['ruling'] : Object.keys(data['ruling'] as object)[0]}`) };
  if (type === 'pickup_booked') {
    const { carrier, from, until } = data['pickup'] as { carrier: string; from: number; until: number };
    return { carrier, from: moment(from), until: moment(until) };
  }
  if (type === 'visit_booked') return { from: moment(data['from'] as number), until: moment(data['until'] as number) };
  if (type === 'visit_ended') return { outcome: t(`visit.${data['outcome'] as string}`) };
  if (type === 'cover_claimed') return { plan: t(`common:plan_kind.${data['plan'] as string}`) };
  if (data['provider']) return { provider: String(data['provider']) };
  if (type === 'refund_due') {
    const { goods, freight, return_freight, compensation } = data['breakdown'] as { goods: { amount: number }[]; freight: number; return_freight: number; compensation: number };
    return { amount: money({ minor: goods.reduce((sum, one) => sum + one.amount, freight + return_freight + compensation), currency }) };
  }
  return typeof data['amount'] === 'number' ? { amount: money({ minor: data['amount'], currency }) } : {};
}

/** What is told as an event: the talk has the messages, and a warned clock is seen in the clocks. */
export const isStep = ({ type }: Pick<Entry, 'type'>) => type !== 'text_added' && type !== 'clock_warned';

export function Course({ entries, currency }: { entries: Entry[]; currency: string }) {
  const { t, i18n } = useTranslation('portal_case');
  const [isWhole, setWhole] = useState(false);
  const steps = entries.filter(isStep).toReversed();
  const shown = isWhole ? steps : steps.slice(0, SHOWN);
  return (
    <section className="card">
      <h2>{t('course')}</h2>
      <ol className="course">
        {shown.map((entry) => {
          const key = `portal_case:event.${entry.type}`;
          const { kind } = actor(entry.actor);
          return (
            <li key={entry.seq}>
              <b>{i18n.exists(key) ? t(`event.${entry.type}`, wordsOf(entry, currency, t)) : t('event.other')}</b>
              <small className="muted">{moment(entry.at)} · {t(`who.${kind}`)}</small>
              {entry.text && <p className="quote">{entry.text}</p>}
            </li>
          );
        })}
      </ol>
      {steps.length > SHOWN && (
        <button type="button" className="quiet" aria-expanded={isWhole} onClick={() => setWhole(!isWhole)}>{t(isWhole ? 'course_less' : 'course_more', { count: steps.length })}</button>
      )}
    </section>
  );
}
