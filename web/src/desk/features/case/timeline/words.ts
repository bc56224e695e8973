// What an event says, as arguments for its text. One function an event that has any; the texts are in
// the catalogue under `event.<type>`.
import type { TFunction } from 'i18next';
import { actor } from '../../../../api/actor';
import type { Entry } from '../../../../api/queries';
import { moment, money } from '../../../../lib/format';
import type { Titles } from '../../../../lib/condition';

export interface Speaking {
  t: TFunction<'case'>;
  currency: string;
  nameOf: (id: string | null | undefined) => string | undefined;
  reasons: Titles;
  refusals: Titles;
  clauses: Titles;
  buyer: string | undefined;
}
type Data = Record<string, unknown>;
type Words = Record<string, string | number>;

/** With its comma, or nothing where nothing is asked for. */
const amountOf = (minor: number, currency: string) => (minor > 0 ? ` · ${money({ minor, currency })}` : '');

const count = (value: unknown) => (Array.isArray(value) ? value.length : 0);

function parcel(data: Data): Words {
  const { carrier, waybill } = data['parcel'] as { carrier: string; waybill: string };
  return { carrier, waybill };
}

/** Events in which only a buyer could ask name nobody. */
const side = (data: Data, { t }: Speaking): Words => ({ who: t(`side_of.${(data['by'] as string | undefined) ?? 'buyer'}`) });

/** Of whom something is asked for a parcel. */
const addressee = (data: Data, { t }: Speaking): Words => ({ to: t(`addressee.${data['to'] as string}`) });

const OF_EVENT: Record<string, (data: Data, speaking: Speaking) => Words> = {
  opened: (data, { t, reasons, currency }) => ({
    kind: t(`common:kind.${data['kind'] as string}`),
    reason: reasons.get(data['reason'] as string) ?? String(data['reason']),
    amount: amountOf((data['claim'] as { amount: number }).amount, currency),
  }),
  clock_started: (data, { t }) => {
    const run = data['run'] as { due_at: number; on_expiry: string; owner: string };
    return { clock: t(`clock.${data['clock'] as string}`), due: moment(run.due_at), owner: t(`owner.${run.owner}`), follows: t(`expiry.${run.on_expiry}`) };
  },
  clock_stopped: (data, { t }) => ({ clock: t(`clock.${data['clock'] as string}`) }),
  clock_warned: (data, { t }) => ({ clock: t(`clock.${data['clock'] as string}`) }),
  clock_expired: (data, { t }) => ({ clock: t(`clock.${data['clock'] as string}`), follows: t(`expired.${data['outcome'] as string}`) }),
  payment_reminded: (data) => ({ by: moment(data['pay_by'] as number) }),
  payment_recorded: (data, { t, currency }) => ({
    amount: money({ minor: data['amount'] as number, currency }),
    way: t(`pay_way.${data['way'] as string}`),
    bank: data['bank'] ? ` ${data['bank'] as string}` : '',
    reference: String(data['reference']),
  }),
  order_dispatched: (data) => {
    if (!data['parcel']) return { parcel: '' };
    const { carrier, waybill } = parcel(data);
    return { parcel: ` · ${carrier} ${waybill}` };
  },
  review_received: (data, { t }) => ({ rating: t(`rating.${data['rating'] as string}`), cause: data['cause'] ? ` · ${t(`review_cause.${data['cause'] as string}`)}` : '' }),
  review_judged: (data, { t }) => ({ cause: t(`review_cause.${data['cause'] as string}`) }),
  review_ended: (data, { t }) => ({ outcome: t(`review_outcome.${data['outcome'] as string}`) }),
  abuse_noted: (data, { t }) => ({
    signals: ((data['rests_on'] as { signals?: string[] }).signals ?? []).map((kind) => t(`signal.${kind}`)).join(t('common:list.and')),
  }),
  abuse_settled: (data, { t }) => ({ result: t(data['upheld'] ? 'abuse.state.upheld' : 'abuse.state.lifted') }),
  intervention_asked: side,
  statement_submitted: (data, speaking) => ({ ...side(data, speaking), count: count(data['evidence']) }),
  appealed: side,
  exception_noted: (data, { t }) => ({ fault: t(`parcel_fault.${data['fault'] as string}`), ...parcel(data) }),
  recourse_filed: (data, { t, currency }) => ({ to: t(`addressee.${data['to'] as string}`), amount: amountOf(data['amount'] as number, currency) }),
  recourse_supplemented: addressee,
  recourse_answered: (data, speaking) => {
    const answer = data['answer'];
    if (typeof answer === 'string') return { ...addressee(data, speaking), answer: speaking.t(`recourse_answer.${answer}`), amount: '' };
    const [how, more] = Object.entries(answer as Record<string, { amount?: { minor: number } | null }>)[0]!;
    return { ...addressee(data, speaking), answer: speaking.t(`recourse_answer.${how}`), amount: amountOf(more.amount?.minor ?? 0, speaking.currency) };
  },
  recourse_received: (data, { t, currency }) => ({ to: t(`addressee.${data['to'] as string}`), amount: amountOf(data['amount'] as number, currency) }),
  recourse_dropped: addressee,
  cover_claimed: (data, { t, currency }) => ({ plan: t(`common:plan_kind.${data['plan'] as string}`), amount: amountOf(data['asked'] as number, currency) }),
  repair_ordered: (data) => ({ provider: String(data['provider']), reference: String(data['reference']) }),
  repair_reported: (data, { currency }) => ({ provider: String(data['provider']), amount: amountOf(data['fee'] as number, currency) }),
  cover_settled: (data, { currency }) => ({ amount: amountOf(data['amount'] as number, currency) }),
  visit_booked: (data) => ({ from: moment(data['from'] as number), until: moment(data['until'] as number) }),
  visit_ended: (data, { t }) => ({ outcome: t(`visit_outcome.${data['outcome'] as string}`) }),
  refused: (data, { refusals }) => ({ reason: refusals.get(data['reason'] as string) ?? String(data['reason']) }),
  approved: (data, { t, currency }) => ({
    extra: (data['compensation'] as number) > 0 ? t('event.extra', { amount: money({ minor: data['compensation'] as number, currency }) }) : '',
  }),
  renewed: (data, { currency }) => ({ amount: money({ minor: data['amount'] as number, currency }) }),
  reopened: (data, { currency }) => ({ amount: money({ minor: data['amount'] as number, currency }) }),
  converted_to_refund: (data, { currency }) => ({ amount: money({ minor: data['amount'] as number, currency }) }),
  bought_back: (data, { currency }) => ({ amount: money({ minor: data['amount'] as number, currency }) }),
  rejection_overruled: (data, { currency }) => ({ amount: money({ minor: data['amount'] as number, currency }) }),
  difference_owed: (data, { currency }) => ({ amount: money({ minor: data['amount'] as number, currency }) }),
  difference_paid: (data, { currency }) => ({ amount: money({ minor: data['amount'] as number, currency }), reference: String(data['reference']) }),
  pickup_booked: (data) => {
    const { carrier, from, until } = data['pickup'] as { carrier: string; from: number; until: number };
    return { carrier, from: moment(from), until: moment(until) };
  },
  evidence_asked: (data, { t }) => ({
    kinds: (data['kinds'] as string[]).map((kind) => t(`evidence_kind.${kind}`)).join(t('common:list.and')),
  }),
  contact_logged: (data, { t }) => ({
    way: t(`way.${data['way'] as string}`),
    result: t(data['reached'] ? 'event.reached' : 'event.not_reached'),
  }),
  return_shipped: parcel,
  sent_back: parcel,
  replacement_shipped: parcel,
  repaired_shipped: parcel,
  inspected: (data) => ({ accepted: count(data['accepted']), rejected: count(data['rejected']), missing: count(data['missing']) }),
  refund_due: (data, { currency }) => {
    const breakdown = data['breakdown'] as { goods: { amount: number }[]; freight: number; return_freight: number; compensation: number };
    const goods = breakdown.goods.reduce((sum, one) => sum + one.amount, 0);
    return { amount: money({ minor: goods + breakdown.freight + breakdown.return_freight + breakdown.compensation, currency }) };
  },
  refund_retried: (data) => ({ attempt: data['attempt'] as number }),
  refund_failed: (data) => ({ code: String(data['code']) }),
  refund_paid: (data) => ({ reference: String(data['reference']) }),
  refund_recorded: (data) => ({ reference: String(data['reference']) }),
  refund_paid_twice: (data) => ({ reference: String(data['reference']) }),
  ruled: (data, { t, currency }) => {
    const ruling = data['ruling'];
    if (typeof ruling === 'string') return { ruling: t(`ruling.${ruling}`) };
    const [how, more] = Object.entries(ruling as Record<string, { amount?: number }>)[0]!;
    return { ruling: more.amount === undefined ? t(`ruling.${how}`) : `${t(`ruling.${how}`)} ${money({ minor: more.amount, currency })}` };
  },
  escalated: (data, { t }) => {
    const because = data['because'];
    const role = t(`common:role.${data['to'] as string}`);
    if (typeof because === 'string') return { role, because: t(`because.${because}`) };
    const [why, what] = Object.entries(because as Record<string, string>)[0]!;
    return { role, because: t(`because.${why}`, { what: t(why === 'clock_expired' ? `clock.${what}` : `passed_for.${what}`) }) };
  },
  closed: (data, { t }) => ({ outcome: t(`outcome.${data['outcome'] as string}`) }),
  follow_up_recorded: (data, { t }) => ({ score: data['score'] == null ? t('event.no_score') : t('event.score', { score: data['score'] as number }) }),
  offered: (data) => ({ count: count(data['options']) }),
  offer_declined: (data, { t, currency }) => ({
    wish: data['wish'] == null ? '' : t('event.wish', { amount: money({ minor: data['wish'] as number, currency }) }),
  }),
  agreed: (data, { clauses }) => ({ remedy: clauses.get(data['clause'] as string) ?? String(data['clause']) }),
  step_done: (data) => ({ step: data['step'] as number, reference: String(data['reference']) }),
  trial_ended: (data, { t }) => ({ result: t(data['worked'] ? 'event.worked' : 'event.not_worked') }),
  supplied: (data) => ({ photos: (data['declared'] as { photos: number }).photos }),
  found: (data, { t }) => {
    const { shares, fault } = data['finding'] as { shares: { party: string; percent: number }[]; fault?: string };
    const parties = shares.map(({ party, percent }) => `${t(`party.${party}`)} ${percent}%`).join(t('common:list.and'));
    return { parties: parties || t('event.nobody_liable'), fault: fault ? t(`fault.${fault}`) : '' };
  },
  assessed: (data, { t }) => ({ severity: t(`common:severity.${data['severity'] as string}`) }),
  passed_up: (data, { t }) => ({ role: t(`common:role.${data['to'] as string}`), why: t(`passed_for.${data['passed_for'] as string}`) }),
  assigned: (data, { t, nameOf }) => ({ to: data['to'] ? (nameOf(data['to'] as string) ?? t('event.somebody')) : t('event.nobody') }),
  tagged: (data, { t }) => ({ tags: (data['tags'] as string[]).join(t('common:list.and')) || t('event.no_tags') }),
  promised: (data) => ({ due: moment(data['due_at'] as number) }),
  promise_moved: (data) => ({ due: moment(data['due_at'] as number) }),
};

export function wordsOf(entry: Entry, speaking: Speaking): Words {
  return OF_EVENT[entry.type]?.(entry.data as Data, speaking) ?? {};
}

/** The clauses an event rests on. */
export function clausesOf(entry: Entry): string[] {
  const data = entry.data as { basis?: string[]; clause?: string; run?: { clause: string }; options?: { explanation: { clause: string } }[] };
  if (data.basis) return data.basis;
  if (data.options) return data.options.map((option) => option.explanation.clause);
  const one = data.clause ?? data.run?.clause;
  return one ? [one] : [];
}

/** For whom the words beside an event are. */
export function audienceOf(entry: Entry): 'buyer' | 'shop' | 'note' {
  if (actor(entry.actor).kind === 'buyer' || entry.type === 'review_received') return 'buyer';
  return /^(review_explained|offered|evidence_asked|refused|resolved|promised|promise_moved|abuse_noted|abuse_settled)$/.test(entry.type) ? 'shop' : 'note';
}

/** How loudly an event is told. */
export function weightOf(type: string): 'loud' | 'plain' | 'quiet' {
  if (/^clock_(started|stopped|warned)$|^assessed$|^tagged$|^arrival_awaited$/.test(type)) return 'quiet';
  if (/^(opened|approved|refused|closed|reopened|offered|agreed|ruled|refund_paid|refund_failed|refund_recorded|refund_paid_twice|clock_expired|intervention_asked|promise_broken|resolved|exception_noted|review_received|review_ended|payment_recorded|order_dispatched|non_payment_reported)$/.test(type)) return 'loud';
  return 'plain';
}
