// What can be told of the shop's rights from a kind and a reason alone, before anything else is known.
import type { Order } from '../buyer';

export type When = string | { all: When[] } | { any: When[] } | { not: When };
type Verdict = boolean | undefined;

/** Reasons stand in a tree: a right about the group holds for what is below it. */
export function lineageOf(code: string, reasons: Order['reasons']): string[] {
  const parent = reasons.find((one) => one.code === code)?.parent;
  return parent ? [code, ...lineageOf(parent, reasons)] : [code];
}

function judge(when: When, lineage: string[]): Verdict {
  if (typeof when !== 'string') {
    if ('not' in when) {
      const inner = judge(when.not, lineage);
      return inner === undefined ? undefined : !inner;
    }
    const isAll = 'all' in when;
    const verdicts = (isAll ? when.all : when.any).map((one) => judge(one, lineage));
    if (verdicts.includes(!isAll)) return !isAll;
    return verdicts.includes(undefined) ? undefined : isAll;
  }
  const parts = /^reason (=|in|!=|not in) (.+)$/.exec(when);
  if (!parts) return undefined;
  const named = parts[2]!.replace(/^\[|\]$/g, '').split(', ');
  return named.some((code) => lineage.includes(code)) === /^(=|in)$/.test(parts[1]!);
}

export function mentions(when: When, fact: string): boolean {
  if (typeof when === 'string') return when.startsWith(`${fact} `);
  if ('not' in when) return mentions(when.not, fact);
  return ('all' in when ? when.all : when.any).some((one) => mentions(one, fact));
}

type Right = NonNullable<Order['rights'][number]['right']>;

/** The rights that may still support it. */
export function possible({ rights, reasons }: Pick<Order, 'rights' | 'reasons'>, kind: string, reason: string): Right[] {
  const lineage = lineageOf(reason, reasons);
  return rights.flatMap(({ right }) =>
    right && (right.kinds as string[]).includes(kind) && judge(right.when as unknown as When, lineage) !== false ? [right] : [],
  );
}

/** Where every right that may support it forbids asking for proof, there is no place for any: a seven-day return. */
export function isProofless(order: Pick<Order, 'rights' | 'reasons'>, kind: string, reason: string): boolean {
  const left = possible(order, kind, reason);
  return left.length > 0 && left.every(({ proof }) => proof === 'none');
}

export const asksIntact = (order: Pick<Order, 'rights' | 'reasons'>, kind: string, reason: string) =>
  possible(order, kind, reason).some(({ when }) => mentions(when as unknown as When, 'goods_intact'));
