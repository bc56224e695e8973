// What a clause says, as sentences with its figures. Packs write some terms openly, so what is not known
// here is left to the clause's title and source.
import type { TFunction } from 'i18next';
import { exists } from 'i18next';
import type { Schema } from '../../../api/client';
import { comparison, type Titles } from '../../../lib/condition';
import { bytes, length, money } from '../../../lib/format';

export type Clause = Schema['ClauseTermsDto'];
export const KINDS = ['right', 'remedy', 'clock', 'level', 'bound', 'floor', 'estimate', 'evidence', 'violation', 'care', 'suggestion'] as const;
export type ClauseKind = (typeof KINDS)[number];
export const kindOf = (clause: Clause) => KINDS.find((kind) => clause[kind] != null);

type Open = Record<string, unknown>;
interface Speaking {
  t: TFunction<'policy'>;
  currency: string;
}

const word = (t: TFunction<'policy'>, key: string, code: string) => (exists(`${key}.${code}`) ? t(`${key}.${code}` as 'title') : code);
const list = (t: TFunction<'policy'>, key: string, codes: unknown) =>
  (Array.isArray(codes) ? codes : []).map((code) => word(t, key, String(code))).join(t('common:list.and'));

const SAY: Record<ClauseKind, (terms: Open, speaking: Speaking) => (string | false | undefined)[]> = {
  clock: (terms, { t }) => [
    t('say.clock', { owner: word(t, 'case:owner', String(terms['owner'])), clock: word(t, 'case:clock', String(terms['clock'])), length: length(String(terms['length'])) }),
    Boolean(terms['within']) && t('say.within', { hours: String(terms['within']) }),
    Boolean(terms['warn_before']) && t('say.warn', { length: length(String(terms['warn_before'])) }),
    t('say.expiry', { follows: word(t, 'case:expiry', String(terms['on_expiry'])) }),
  ],
  right: (terms, { t }) => [
    t('say.right', { kinds: list(t, 'common:kind', terms['kinds']) }),
    t(`say.freight_${terms['return_freight'] === 'shop' ? 'shop' : 'buyer'}`),
    t(`say.proof_${terms['proof'] === 'none' ? 'none' : 'may_be_asked'}`),
    terms['compensation_percent_max'] != null && t('say.compensation_max', { percent: terms['compensation_percent_max'] as number }),
  ],
  remedy: (terms, { t, currency }) => {
    const amount = (minor: unknown) => money({ minor: Number(minor), currency });
    const range = (name: string) => terms[name] as { least: number; most: number } | undefined;
    const [refund, percent, fixed] = [range('refund_percent'), range('compensation_percent'), range('compensation')];
    return [
      t('say.remedy', { kinds: list(t, 'common:kind', terms['kinds']) }),
      Boolean(terms['route']) && t('say.route', { route: word(t, 'common:kind', String(terms['route'])) }),
      refund && t('say.refund_percent', { ...refund }),
      percent && t('say.compensation_percent', { ...percent }),
      fixed && t('say.compensation', { least: amount(fixed.least), most: amount(fixed.most) }),
      terms['gap_percent'] != null && t('say.gap', { percent: Number(terms['gap_percent']) }),
      terms['buyer_pays'] != null && t('say.buyer_pays', { amount: amount(terms['buyer_pays']) }),
      ...extras(terms['extra'], t, amount),
      terms['trial'] === true && t('say.trial'),
      Boolean(terms['done_in']) && t('say.done_in', { length: length(String(terms['done_in'])) }),
    ];
  },
  level: (terms, { t }) => [
    t('say.level', { severity: word(t, 'common:severity', String(terms['severity'])), role: word(t, 'common:role', String(terms['level'])) }),
  ],
  bound: (terms, { t, currency }) => {
    const name = String(terms['bound']);
    const most = Number(terms['at_most']);
    return [t('say.bound', { what: word(t, 'policy:bound', name), most: name === 'return_freight' ? money({ minor: most, currency }) : String(most) })];
  },
  floor: (terms, { t }) => {
    const on = String(terms['on']);
    return [t(`say.floor_${terms['side'] === 'at_least' ? 'at_least' : 'at_most'}`, { on: exists(`case:clock.${on}`) ? t(`case:clock.${on}` as 'title') : word(t, 'policy:bound', on), limit: length(String(terms['limit'])) })];
  },
  estimate: (terms, { t, currency }) => {
    const isMoney = terms['currency'] !== undefined;
    const value = isMoney ? money({ minor: Number(terms['value']), currency }) : `${Number(terms['value'])}%`;
    return [t('say.estimate', { what: word(t, 'policy:estimate', String(terms['estimate'])), value })];
  },
  evidence: (terms, { t }) => {
    const form = terms['form'] as { media: string[]; bytes_max: number; side_pixels_min: number } | undefined;
    return [
      Array.isArray(terms['needs']) && terms['needs'].length > 0 && t('say.needs', { kinds: list(t, 'case:evidence_kind', terms['needs']) }),
      form && t('say.form', { media: form.media.join(t('common:list.and')), size: bytes(form.bytes_max), pixels: form.side_pixels_min }),
    ];
  },
  care: (terms, { t }) => [
    t('say.care', { mails: Number(terms['mails_max']), days: Number(terms['within_days']) }),
    t('say.care_hours', { from: Number(terms['from_hour']), until: Number(terms['until_hour']) }),
    t('say.care_score', { score: Number(terms['score_min']) }),
  ],
  suggestion: (terms, { t }) => [t('say.suggestion', { score: Number(terms['score_min']) })],
  violation: (terms, { t }) => [terms['points'] ? t('say.violation', { points: Number(terms['points']) }) : t('say.forbidden')],
};

function extras(raw: unknown, t: TFunction<'policy'>, amount: (minor: unknown) => string): string[] {
  if (!Array.isArray(raw)) return [];
  return raw.map((one: unknown) => {
    const [name, more] = typeof one === 'string' ? [one, {}] : (Object.entries(one as Record<string, Open>)[0] as [string, Open]);
    const worth = Number(more['minor'] ?? 0) > 0 ? amount(more['minor']) : '';
    return t('say.extra', { extra: word(t, 'case:extra', name), worth });
  });
}

export function sentences(clause: Clause, speaking: Speaking): string[] {
  const kind = kindOf(clause);
  if (!kind) return [];
  return SAY[kind](clause[kind] as Open, speaking).filter((line): line is string => typeof line === 'string' && line !== '');
}

export interface Condition {
  /** `any` and `not` have others below them. */
  kind: 'one' | 'any' | 'all' | 'not';
  text?: string;
  below: Condition[];
}

/** What must hold, as a tree of comparisons in words; `all` at the top is the list itself. */
export function conditionOf(raw: unknown, titles: Titles): Condition | undefined {
  if (typeof raw === 'string') return { kind: 'one', text: comparison(raw, titles), below: [] };
  if (typeof raw !== 'object' || raw === null) return undefined;
  for (const kind of ['all', 'any', 'not'] as const) {
    const inner = (raw as Open)[kind];
    if (inner === undefined) continue;
    const below = (Array.isArray(inner) ? inner : [inner]).map((one) => conditionOf(one, titles)).filter((one) => one !== undefined);
    return { kind, below };
  }
  return undefined;
}

export const whenOf = (clause: Clause) => (clause.right?.when ?? (clause.remedy as Open | null)?.['when'] ?? (clause.level as Open | null)?.['when'] ?? (clause.estimate as Open | null)?.['when'] ?? (clause.evidence as Open | null)?.['when']) as unknown;
