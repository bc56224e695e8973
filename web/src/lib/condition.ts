// A policy's comparison in the reader's words: `days_since_receipt <= 15d` reads 签收后天数 ≤ 15 天.
// The form is the one the packs are written in; what does not parse is shown as it stands.
import { exists, t } from 'i18next';
import { length, money } from './format';

const FORM = /^([a-z0-9_.]+) (not in|in|<=|>=|!=|<|>|=) (.+)$/;
const SIGNS: Record<string, string> = { '<=': '≤', '>=': '≥', '!=': '≠' };

/** Titles of what is not in our own texts: reasons come with the policy. */
export type Titles = ReadonlyMap<string, string>;


function word(fact: string, written: string, titles: Titles): string {
  if (fact === 'reason') return titles.get(written) ?? written;
  const amount = /^(-?\d+(?:\.\d+)?) ([A-Z]{3})$/.exec(written);
  if (amount) {
    return money({ minor: Math.round(Number(amount[1]) * 100), currency: amount[2]! });
  }
  if (/^\d+(h|d|wd|wh)$/.test(written)) return length(written);
  if (/^-?\d+$/.test(written)) return written;
  const key = `facts:fact_word.${fact.replace('.', '_')}.${written}`;
  if (exists(key)) return t(key);
  const general = `facts:fact_word.any.${written}`;
  return exists(general) ? t(general) : written;
}

const words = (fact: string, written: string, titles: Titles) =>
  written
    .replace(/^\[|\]$/g, '')
    .split(', ')
    .map((one) => word(fact, one, titles))
    .join(t('list.or'));

// How a comparison of words reads; figures keep their signs.
const READS: Record<string, string> = { '=': 'is', 'in': 'in', '!=': 'is_not', 'not in': 'not_in' };

export function comparison(condition: string, titles: Titles): string {
  const parts = FORM.exec(condition);
  if (!parts) return condition;
  const [, fact, operator, written] = parts as unknown as [string, string, string, string];
  const name = `facts:fact.${fact.replace('.', '_')}`;
  const isFlag = written === 'true' || written === 'false';
  return t(`facts:condition.${isFlag ? 'flag' : (READS[operator] ?? 'figure')}`, {
    fact: exists(name) ? t(name) : fact,
    sign: SIGNS[operator] ?? operator,
    value: words(fact, written, titles),
  });
}

/** The value that was seen, in the same words. */
export function actualValue(condition: string, actual: string, titles: Titles): string {
  const fact = FORM.exec(condition)?.[1];
  return fact ? words(fact, actual, titles) : actual;
}
