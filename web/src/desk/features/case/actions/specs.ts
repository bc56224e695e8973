// Every action on a case as a small form: which fields it has, in which order. The names are the API's,
// of actions, fields and words alike; what each is called stands in the catalogue under `action` and
// `field`. Messages and notes have the composer instead.
import type { Schema } from '../../../../api/client';
import type { CaseRoute } from '../../../../api/commands';
import type { CaseDto } from '../../../../api/queries';
import { digitsOf } from '../../../../lib/format';
import type { LineFinding } from './values';

export interface Option {
  value: string;
  label: string;
}

export interface Sources {
  data: CaseDto;
  /** A word of the catalogue. */
  word: (group: string, value: string) => string;
  handlers: Schema['PersonDto'][];
  refusals: Schema['NamedDto'][];
  /** What the trouble can come from, for this case's reason. */
  causes: Schema['NamedDto'][];
  evidence: Schema['Evidence'][];
  /** The shop's usual tags. */
  tags: Option[];
  lineTitle: (line: string) => string;
  /** What the buyer wrote that was pointed out, by its message. */
  quoted: Option[];
  /** The order's goods, by their stock-keeping codes. */
  skus: Option[];
  /** Covers of the order's goods. */
  covers: Schema['CoverViewDto'][];
}

export type Values = Record<string, unknown>;

export interface Field {
  name: string;
  kind:
    | 'line' | 'words' | 'money' | 'choice' | 'many' | 'moment' | 'count' | 'yes' | 'tags' | 'findings' | 'shares';
  optional?: boolean;
  options?: (sources: Sources) => Option[];
  /** Shown only then. */
  when?: (values: Values, sources: Sources) => boolean;
}

export interface Spec {
  route: CaseRoute;
  fields: Field[];
  /** Decides or moves money, so it says which terms were seen. */
  terms?: true;
  /** What it pays is asked of the service beforehand and shown. */
  previews?: Extract<Schema['BulkAction'], 'approve' | 'refund'>;
  /** Values the form begins with. */
  initial?: (data: CaseDto) => Values;
  /** What goes along unasked. */
  fixed?: (data: CaseDto) => Values;
  danger?: true;
}

const words = (name = 'text', optional = true): Field => ({ name, kind: 'words', ...(optional ? { optional } : {}) });
const named = (name: string, group: string, values: readonly string[], optional?: true): Field => ({
  name,
  kind: 'choice',
  options: ({ word }) => values.map((value) => ({ value, label: word(group, value) })),
  ...(optional ? { optional } : {}),
});
const PIECES: Field = { name: 'evidence', kind: 'many', options: ({ evidence, word }) => evidence.map(({ id, name, kind }) => ({ value: id, label: name ?? word('evidence_kind', kind) })) };
/** What isn't taken back is shown in pictures, with the reason. */
const rejects = ({ findings }: Values) => Array.isArray(findings) && (findings as LineFinding[]).some(({ rejected }) => rejected > 0);
const PARCEL: Field[] = [{ name: 'carrier', kind: 'line' }, { name: 'waybill', kind: 'line' }];
const EVIDENCE_KINDS: Schema['EvidenceKind'][] = ['photo', 'video', 'packing_photo', 'chat_record', 'listing_snapshot', 'logistics_trace', 'test_report', 'other'];
const SIGNALS: Schema['SignalKind'][] = ['extortion', 'threat', 'off_platform', 'claim_frequency', 'shared_phone', 'shared_address', 'photo_reused'];
/** For the shop, or for a buyer who called. */
const SIDE = named('by', 'side_of', ['shop', 'buyer']);
const forShop = () => ({ by: 'shop' });
export const PAY_WAYS: Schema['PaymentWay'][] = ['alipay', 'wechat', 'bank_transfer', 'card', 'postal_order', 'other'];
const GRADES = ['low', 'medium', 'high'] as const;
const numbered = (values: number[], word: (n: number) => string): Option[] => values.map((n) => ({ value: String(n), label: word(n) }));
const openPromises = ({ data }: Sources): Option[] =>
  data.promises
    .filter(({ state }) => state === 'open' || state === 'broken')
    .map(({ promise, text }) => ({ value: String(promise), label: text ?? `#${promise}` }));
/** Of whom a step can be asked now, by where each stands. */
const addressee = (may: (stage: string | undefined) => boolean): Field => ({
  name: 'to',
  kind: 'choice',
  options: ({ data, word }) => {
    const { carriers, recourses } = data.tracks.exception ?? { carriers: false, recourses: [] };
    return (['platform', 'carrier'] as const)
      .filter((to) => (to === 'platform' || carriers) && may(recourses.find((one) => one.to === to)?.stage))
      .map((to) => ({ value: to, label: word('addressee', to) }));
  },
});
const isFiled = (stage: string | undefined) => stage === 'filed' || stage === 'more_wanted';
/** Those of a case's reviews that an act may be about. */
const reviewOf = (fits: (one: Schema['CaseReview']) => boolean): Field => ({
  name: 'review',
  kind: 'choice',
  options: ({ data, word }) => (data.reviews ?? []).filter(fits).map(({ review, rating, text }) => ({ value: review, label: `${word('rating', rating)} · ${text ?? ''}` })),
});
/** The only one there is needs no choosing. */
const onlyReview = (data: CaseDto) => (data.reviews?.length === 1 ? { review: data.reviews[0]!.review } : {});
/** Covers of what the case is about. */
const COVER: Field = {
  name: 'cover',
  kind: 'choice',
  options: ({ data, covers, lineTitle }) => {
    const lines = new Set(data.claim.lines.map(({ line }) => line));
    return covers.filter(({ line }) => lines.has(line)).map(({ id, name, line }) => ({ value: id, label: `${name} · ${lineTitle(line)}` }));
  },
};
/** Whoever has the order reports on it. */
const providerOf = (data: CaseDto) => ({ provider: data.tracks.cover_claim?.provider });
const offerOf = (data: CaseDto) => ({ offer: data.offer?.number });

export const SPECS: Record<string, Spec> = {
  approve: { route: 'approve', terms: true, previews: 'approve', fields: [{ name: 'compensation', kind: 'money', optional: true }] },
  refuse: {
    route: 'refuse',
    terms: true,
    danger: true,
    fields: [
      { name: 'reason', kind: 'choice', options: ({ refusals }) => refusals.map(({ code, title }) => ({ value: code, label: title })) },
      words(),
    ],
  },
  inspect: {
    route: 'inspect',
    terms: true,
    fields: [
      { name: 'findings', kind: 'findings' },
      { name: 'return_freight', kind: 'money', optional: true },
      { ...words(), when: (values) => !rejects(values) },
      { ...words('text', false), when: rejects },
      { ...PIECES, when: rejects },
    ],
    initial: (data) => ({ findings: data.claim.lines.map(({ line, units }) => ({ line, accepted: units, rejected: 0, missing: 0 })) }),
  },
  refund: { route: 'refund', terms: true, previews: 'refund', fields: [] },
  record_refund: { route: 'record-refund', terms: true, fields: [{ name: 'reference', kind: 'line' }] },
  resolve: { route: 'resolve', terms: true, fields: [words('text', false)] },
  ship_replacement: { route: 'ship-replacement', fields: PARCEL },
  ship_repaired: { route: 'ship-repaired', fields: PARCEL },
  send_back: { route: 'send-back', fields: PARCEL },
  complete_step: {
    route: 'complete-step',
    fields: [
      {
        name: 'step',
        kind: 'choice',
        options: ({ data, word }) => data.steps.filter(({ done }) => !done).map(({ step, extra }) => ({ value: String(step), label: word('extra', extra) })),
      },
      { name: 'reference', kind: 'line' },
    ],
  },
  end_trial: { route: 'end-trial', terms: true, fields: [{ name: 'worked', kind: 'yes' }, words()] },
  rule: {
    route: 'rule',
    terms: true,
    fields: [
      named('ruling', 'ruling', ['for_buyer', 'for_shop', 'in_part']),
      { name: 'amount', kind: 'money', when: ({ ruling }) => ruling === 'in_part' },
      words(),
    ],
  },
  answer_passed: { route: 'answer-passed', fields: [words('text', false)] },
  follow_up: {
    route: 'follow-up',
    fields: [{ name: 'score', kind: 'choice', optional: true, options: ({ word }) => numbered([5, 4, 3, 2, 1], (n) => word('score', String(n))) }, words()],
  },
  find: {
    route: 'find',
    terms: true,
    fields: [
      { name: 'shares', kind: 'shares', optional: true },
      named('fault', 'fault', ['confirmed', 'refuted'], true),
      { name: 'goods_intact', kind: 'yes', optional: true },
      { name: 'cause', kind: 'choice', optional: true, options: ({ causes }) => causes.map(({ code, title }) => ({ value: code, label: title })), when: (_, { causes }) => causes.length > 0 },
      words('grounds', false),
      { ...PIECES, optional: true },
      { name: 'third_party', kind: 'yes', optional: true },
    ],
  },
  ask_evidence: {
    route: 'ask-evidence',
    fields: [
      { name: 'kinds', kind: 'many', options: ({ word }) => EVIDENCE_KINDS.map((value) => ({ value, label: word('evidence_kind', value) })) },
      words(),
    ],
  },
  log_contact: {
    route: 'log-contact',
    initial: () => ({ way: 'phone' }),
    fields: [named('way', 'way', ['phone', 'chat', 'email', 'in_person']), { name: 'reached', kind: 'yes' }, words('text', false)],
  },
  choose: {
    route: 'choose',
    terms: true,
    fixed: offerOf,
    fields: [{ name: 'option', kind: 'choice', options: ({ data }) => data.offer?.options.map(({ option, clause }) => ({ value: String(option), label: clause.title })) ?? [] }],
  },
  decline_offer: { route: 'decline-offer', terms: true, fixed: offerOf, fields: [words(), { name: 'wish', kind: 'money', optional: true }] },
  ship_return: { route: 'ship-return', fields: PARCEL },
  book_pickup: {
    route: 'book-pickup',
    fields: [{ name: 'carrier', kind: 'line' }, { name: 'from', kind: 'moment' }, { name: 'until', kind: 'moment' }, { name: 'reference', kind: 'line', optional: true }],
  },
  confirm_replacement: { route: 'confirm-replacement', fields: [] },
  confirm_arrival: { route: 'confirm-arrival', fields: [] },
  pay_difference: { route: 'pay-difference', terms: true, fields: [{ name: 'amount', kind: 'money' }, { name: 'reference', kind: 'line' }] },
  convert_to_refund: { route: 'convert-to-refund', terms: true, fields: [] },
  renew: { route: 'renew', fields: [{ name: 'amount', kind: 'money', optional: true }, words()] },
  supply: {
    route: 'supply',
    fields: [{ name: 'photos', kind: 'count', optional: true }, { name: 'goods_intact', kind: 'yes', optional: true }],
  },
  assess: {
    route: 'assess',
    initial: ({ assessment }) => ({ ...assessment }),
    fields: [
      named('nature', 'nature', ['defect', 'subjective', 'misuse', 'expectation', 'outside'], true),
      named('impact', 'grade', GRADES, true),
      named('heat', 'grade', GRADES, true),
      named('spread', 'grade', GRADES, true),
    ],
  },
  pass_up: {
    route: 'pass-up',
    fields: [
      named('to', 'common:role', ['supervisor', 'manager', 'admin']),
      named('for', 'passed_for', ['authority', 'severity', 'repetition', 'buyer_demand', 'other']),
      words(),
    ],
  },
  assign: {
    route: 'assign',
    fields: [{ name: 'to', kind: 'choice', optional: true, options: ({ handlers, word }) => handlers.map(({ id, display_name, role }) => ({ value: id, label: `${display_name} · ${word('common:role', role)}` })) }],
    initial: ({ assignee }) => ({ to: assignee ?? undefined }),
  },
  tag: { route: 'tag', fields: [{ name: 'tags', kind: 'tags' }], initial: ({ tags }) => ({ tags }) },
  make_promise: { route: 'make-promise', fields: [{ name: 'due_at', kind: 'moment' }, words('text', false)] },
  keep_promise: { route: 'keep-promise', fields: [{ name: 'promise', kind: 'choice', options: openPromises }] },
  move_promise: {
    route: 'move-promise',
    fields: [{ name: 'promise', kind: 'choice', options: openPromises }, { name: 'due_at', kind: 'moment' }, words('text', false)],
  },
  send_order_letter: { route: 'send-order-letter', fields: [] },
  record_payment: {
    route: 'record-payment',
    terms: true,
    initial: ({ tracks }) => ({ amount: tracks.trade && tracks.trade.outstanding.minor / 10 ** digitsOf(tracks.trade.outstanding.currency) }),
    fields: [
      { name: 'amount', kind: 'money' },
      named('way', 'pay_way', PAY_WAYS),
      { name: 'bank', kind: 'line', optional: true, when: ({ way }) => way === 'bank_transfer' || way === 'card' },
      { name: 'reference', kind: 'line' },
      { name: 'paid_at', kind: 'moment', optional: true },
      { name: 'discount', kind: 'money', optional: true },
    ],
  },
  dispatch_order: { route: 'dispatch-order', terms: true, fields: PARCEL },
  remind_payment: { route: 'remind-payment', terms: true, fields: [{ name: 'pay_by', kind: 'moment' }] },
  report_non_payment: { route: 'report-non-payment', terms: true, danger: true, fields: [words()] },
  judge_review: { route: 'judge-review', initial: onlyReview, fields: [reviewOf(() => true), named('cause', 'review_cause', ['goods', 'logistics', 'service'])] },
  end_review: { route: 'end-review', initial: onlyReview, fields: [reviewOf(() => true), named('outcome', 'review_outcome', ['revised', 'unchanged', 'withdrawn'])] },
  explain_review: { route: 'explain-review', initial: onlyReview, fields: [reviewOf(({ outcome, published_at }) => outcome === 'unchanged' && !published_at), words('text', false)] },
  publish_explanation: { route: 'publish-explanation', initial: onlyReview, fields: [reviewOf(({ reply, published_at }) => Boolean(reply) && !published_at)] },
  submit_statement: { route: 'statements', initial: forShop, fields: [SIDE, words('text', false), { ...PIECES, optional: true }] },
  intervention: { route: 'intervention', initial: forShop, fields: [SIDE, words()] },
  withdraw_intervention: { route: 'withdraw-intervention', fields: [] },
  appeal: { route: 'appeal', terms: true, initial: forShop, fields: [SIDE, words('text', false)] },
  note_exception: {
    route: 'exception',
    fields: [named('fault', 'parcel_fault', ['delay', 'loss', 'damage', 'wrong_item', 'wrong_carrier']), ...PARCEL, words()],
  },
  file_recourse: {
    route: 'file-recourse',
    fields: [
      addressee((stage) => !stage || stage === 'declined' || stage === 'dropped'),
      { name: 'amount', kind: 'money', optional: true, when: ({ to }) => to === 'carrier' },
      { name: 'insured', kind: 'money', optional: true, when: ({ to }) => to === 'carrier' },
      { name: 'freight', kind: 'money', optional: true, when: ({ to }) => to === 'carrier' },
      words('text', false),
      PIECES,
    ],
  },
  supplement_recourse: { route: 'supplement-recourse', fields: [addressee(isFiled), words('text', false), { ...PIECES, optional: true }] },
  answer_recourse: {
    route: 'answer-recourse',
    fields: [
      addressee(isFiled),
      named('answer', 'recourse_answer', ['more_wanted', 'granted', 'declined']),
      { name: 'amount', kind: 'money', when: ({ to, answer }) => to === 'carrier' && answer === 'granted' },
      words(),
    ],
  },
  receive_recourse: { route: 'receive-recourse', fields: [addressee((stage) => stage === 'granted'), { name: 'amount', kind: 'money' }, { name: 'reference', kind: 'line' }] },
  drop_recourse: { route: 'drop-recourse', fields: [addressee((stage) => !stage || isFiled(stage) || stage === 'granted'), words('text', false)] },
  claim_cover: {
    route: 'claim-cover',
    fields: [COVER, named('trouble', 'trouble', ['fault', 'accident', 'return_freight']), { name: 'amount', kind: 'money' }, words('text', false), { ...PIECES, optional: true }],
    initial: ({ return_freight: freight, kind }) => ({ trouble: kind === 'return_and_refund' && freight === 'buyer' ? 'return_freight' : 'fault' }),
  },
  order_repair: { route: 'order-repair', fields: [{ name: 'provider', kind: 'line' }, { name: 'reference', kind: 'line' }] },
  report_repair: { route: 'report-repair', initial: providerOf, fields: [{ name: 'provider', kind: 'line' }, { name: 'fee', kind: 'money' }, words()] },
  decline_cover: { route: 'decline-cover', fields: [words('text', false)] },
  settle_cover: { route: 'settle-cover', terms: true, fields: [{ name: 'amount', kind: 'money' }, { name: 'reference', kind: 'line' }] },
  drop_cover: { route: 'drop-cover', fields: [words('text', false)] },
  book_visit: { route: 'book-visit', fields: [{ name: 'from', kind: 'moment' }, { name: 'until', kind: 'moment' }] },
  end_visit: { route: 'end-visit', fields: [named('outcome', 'visit_outcome', ['done', 'missed']), words()] },
  note_abuse: {
    route: 'note-abuse',
    terms: true,
    fields: [
      { name: 'signals', kind: 'many', optional: true, options: ({ word }) => SIGNALS.map((value) => ({ value, label: word('signal', value) })) },
      { name: 'messages', kind: 'many', optional: true, options: ({ quoted }) => quoted, when: (_, { quoted }) => quoted.length > 0 },
      { ...PIECES, optional: true, when: (_, { evidence }) => evidence.length > 0 },
      words('grounds', false),
      { name: 'listings', kind: 'many', optional: true, options: ({ skus }) => skus, when: (_, { skus }) => skus.length > 0 },
    ],
  },
  uphold_abuse: { route: 'settle-abuse', terms: true, fixed: () => ({ upheld: true }), fields: [words('text', false)] },
  lift_abuse: { route: 'settle-abuse', terms: true, fixed: () => ({ upheld: false }), fields: [words('text', false)] },
  withdraw: { route: 'withdraw', danger: true, fields: [] },
  reopen: { route: 'reopen', terms: true, fields: [words('text', false)] },
};

/** What an agent most likely wants, in the order of the table above. */
export const ordered = (next: string[]) => Object.keys(SPECS).filter((name) => next.includes(name));
