// A request being written: what is kept over a reload, what is still missing, and what is sent.
import type { Schema } from '../../api/client';
import { minorOf } from '../../lib/format';
import type { Order } from '../buyer';
import { asksIntact, lineageOf } from './rights';

export interface Draft {
  /** Made with the first word, so that sending twice is one request. */
  key: string;
  units: Record<string, number>;
  kind?: Schema['Kind'];
  group?: string;
  reason?: string;
  amount?: string;
  intact?: boolean;
  text?: string;
  carrier?: string;
  waybill?: string;
  new_fault?: boolean;
}

export const KINDS: Schema['Kind'][] = ['return_and_refund', 'refund_only', 'exchange', 'repair', 'reissue', 'compensation', 'consultation', 'complaint'];
const GOODS_COME_BACK: ReadonlySet<string> = new Set(['return_and_refund', 'exchange', 'repair']);
const WORDS_ALONE: ReadonlySet<string> = new Set(['consultation', 'complaint']);
const PAYS: ReadonlySet<string> = new Set(['refund_only', 'compensation']);

export const needsLines = (kind?: string) => !WORDS_ALONE.has(kind ?? '');
export const asksAmount = (kind?: string) => PAYS.has(kind ?? '');
/** The service pays back what was paid unless told otherwise; what a delivered thing's trouble is worth, only its buyer can say. */
export const needsAmount = (kind: string | undefined, phase: Order['phase']) => kind === 'compensation' && phase === 'delivered';
/** Goods that did not arrive come back only by being refused at the door. */
export const isRefusedParcel = (kind: string | undefined, phase: Order['phase']) => kind === 'return_and_refund' && phase === 'dispatched';

/** Kinds that can be asked for at this phase of the order. */
export const kindsAt = (phase: Order['phase'], hasUnits: boolean) =>
  KINDS.filter((kind) => {
    if (!hasUnits || phase === 'cancelled') return !needsLines(kind);
    return !GOODS_COME_BACK.has(kind) || phase === 'delivered' || isRefusedParcel(kind, phase);
  });

export function draftFrom(kept: string, order: Order): Draft {
  try {
    const draft = JSON.parse(kept) as Draft;
    if (typeof draft.key === 'string' && typeof draft.units === 'object') return draft;
  } catch {
    // Nothing kept yet, or written by a former release.
  }
  const [only, ...others] = order.lines.filter(({ in_hand }) => in_hand > 0);
  return { key: crypto.randomUUID(), units: only && others.length === 0 ? { [only.id]: only.in_hand } : {} };
}

export const amountOf = (written: string | undefined) => {
  const amount = Number(written);
  return written && Number.isFinite(amount) && amount > 0 ? amount : undefined;
};

export type Missing = 'lines' | 'kind' | 'reason' | 'amount' | 'intact' | 'text' | 'parcel';

export function missing(draft: Draft, order: Order): Missing[] {
  const { kind, reason } = draft;
  const lacks: Missing[] = [];
  if (needsLines(kind) && !Object.values(draft.units).some((units) => units > 0)) lacks.push('lines');
  if (!kind) lacks.push('kind');
  if (!reason) lacks.push('reason');
  if (!kind || !reason) return lacks;
  if (needsAmount(kind, order.phase) && amountOf(draft.amount) === undefined) lacks.push('amount');
  if (asksIntact(order, kind, reason) && draft.intact === undefined) lacks.push('intact');
  if (WORDS_ALONE.has(kind) && !draft.text?.trim()) lacks.push('text');
  if (isRefusedParcel(kind, order.phase) && !(draft.carrier?.trim() && draft.waybill?.trim())) lacks.push('parcel');
  return lacks;
}

export function wanted(draft: Draft, order: Order): Schema['CaseOpenBody'] {
  const kind = draft.kind!;
  const amount = asksAmount(kind) ? amountOf(draft.amount) : undefined;
  const { currency } = order.paid;
  return {
    kind,
    reason: draft.reason!,
    lines: Object.entries(draft.units).filter(([, units]) => units > 0).map(([line, units]) => ({ line, units })),
    ...(draft.text?.trim() ? { text: draft.text.trim() } : {}),
    ...(amount === undefined ? {} : { amount: { minor: minorOf(amount, currency), currency } }),
    ...(draft.intact !== undefined && asksIntact(order, kind, draft.reason!) ? { goods_intact: draft.intact } : {}),
    ...(isRefusedParcel(kind, order.phase) ? { refused_parcel: { carrier: draft.carrier!.trim(), waybill: draft.waybill!.trim() } } : {}),
    ...(draft.new_fault ? { new_fault: true } : {}),
  };
}

/** The top of the tree, and below the chosen group what it is in particular. */
export function reasonTree(reasons: Order['reasons'], group?: string) {
  return {
    groups: reasons.filter(({ parent }) => !parent),
    below: group ? reasons.filter((one) => one.code !== group && lineageOf(one.code, reasons).includes(group)) : [],
  };
}
