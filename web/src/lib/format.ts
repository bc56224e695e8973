// Money, moments, lengths: written in one place, so that a yuan looks the same everywhere.
import { t } from 'i18next';
import type { components } from '../api/schema';
import { language } from './i18n';

export type Money = components['schemas']['Money'];

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const DAYS_WRITTEN_FROM = 2 * DAY;

let zone: string | undefined;
/** Moments are written in the shop's time, whose rules they follow, not in the reader's. */
export function setTimeZone(name: string) {
  zone = name;
}

const formats = new Map<string, Intl.NumberFormat | Intl.DateTimeFormat>();
function format<F extends Intl.NumberFormat | Intl.DateTimeFormat>(key: string, make: () => F): F {
  const id = `${language()} ${zone} ${key}`;
  const known = formats.get(id) as F | undefined;
  if (known) return known;
  const made = make();
  formats.set(id, made);
  return made;
}

function currencyFormat(currency: string) {
  return format(`money ${currency}`, () =>
    new Intl.NumberFormat(language(), { style: 'currency', currency, currencyDisplay: 'narrowSymbol' }),
  );
}

/** How many digits a currency has behind the point: two for yuan, none for yen. */
export const digitsOf = (currency: string) =>
  currencyFormat(currency).resolvedOptions().maximumFractionDigits ?? 2;

export function money(amount: Money): string {
  return currencyFormat(amount.currency).format(amount.minor / 10 ** digitsOf(amount.currency));
}

export const minorOf = (written: number, currency: string) =>
  Math.round(written * 10 ** digitsOf(currency));

const SHORT: Intl.DateTimeFormatOptions = {
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
};

const dated = (key: string, options: Intl.DateTimeFormatOptions) =>
  format(key, () => new Intl.DateTimeFormat(language(), zone ? { ...options, timeZone: zone } : options));

const msOf = (at: string | number) => (typeof at === 'number' ? at : Date.parse(at));

/** `11/28 18:56`. */
export const moment = (at: string | number) => dated('short', SHORT).format(msOf(at));
/** With the year and the second: for titles and records. */
export const momentFull = (at: string | number) =>
  dated('full', { ...SHORT, year: 'numeric', second: '2-digit', timeZoneName: 'short' }).format(msOf(at));
export const clockTime = (at: string | number) =>
  dated('time', { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(msOf(at));
export const day = (at: string | number) =>
  dated('day', { month: 'long', day: 'numeric', weekday: 'short' }).format(msOf(at));

/** Which day it is for the shop, to compare with: `2026-11-28`. */
export const dayOf = (at: string) => forForm(Date.parse(at)).slice(0, 10);
/** The last day of a time that ends before a moment: one that ends at midnight does not count the next day. */
export const lastDayOf = (until: string) => forForm(Date.parse(until) - 1).slice(0, 10);

const two = (n: number) => String(n).padStart(2, '0');

/** A length of time left or gone, always positive: `01:12:45`, from two days on in days and hours. */
export function span(ms: number): string {
  const left = Math.abs(ms);
  if (left >= DAYS_WRITTEN_FROM) {
    const days = Math.floor(left / DAY);
    return t('span.days_hours', { days, hours: Math.floor((left % DAY) / HOUR) });
  }
  const s = Math.floor(left / SECOND);
  return `${two(Math.floor(s / 3600))}:${two(Math.floor(s / 60) % 60)}:${two(s % 60)}`;
}

/** Roughly how long, in the largest unit: for ages, which nobody counts in seconds. */
export function age(ms: number): string {
  if (ms < HOUR) return t('span.minutes', { count: Math.max(1, Math.floor(ms / MINUTE)) });
  if (ms < DAYS_WRITTEN_FROM) return t('span.hours', { count: Math.floor(ms / HOUR) });
  return t('span.days', { count: Math.floor(ms / DAY) });
}

export type Urgency = 'overdue' | 'soon' | 'today' | 'later';

/** How pressing an end is; `soon` is the saved view's two hours. */
export function urgency(leftMs: number): Urgency {
  if (leftMs < 0) return 'overdue';
  if (leftMs < 2 * HOUR) return 'soon';
  return leftMs < DAY ? 'today' : 'later';
}

/** A length as policies write it: `30min`, `48h`, `10d`, `3wd`, `2wh`. */
export function length(written: string): string {
  const parts = /^(\d+)(min|h|d|wd|wh)$/.exec(written);
  return parts ? t(`length.${parts[2]}`, { count: Number(parts[1]) }) : written;
}

/** The same as a time to compare with; working time counts as if every day were one. */
export function lengthMs(written: string): number {
  const parts = /^(\d+)(h|d|wd|wh)$/.exec(written);
  return parts ? Number(parts[1]) * (parts[2]!.endsWith('d') ? DAY : HOUR) : 0;
}

export function bytes(n: number): string {
  if (n < 1024 * 1024) return `${Math.max(1, Math.round(n / 1024))} KB`;
  return `${(n / 1024 / 1024).toFixed(1)} MB`;
}

/** A moment as a form has it (`2026-11-28T18:00`), read on the shop's clock. */
export function inShopTime(written: string): string {
  const naive = Date.parse(`${written}:00Z`);
  // What the shop's clock shows at that instant, less the instant, is its distance from UTC. Asked twice,
  // because the first guess may lie on the other side of a change of clocks.
  const distance = (at: number) => Date.parse(`${forForm(at)}:00Z`) - Math.floor(at / MINUTE) * MINUTE;
  const guess = naive - distance(naive);
  return new Date(naive - distance(guess)).toISOString();
}

/** The same way round: an instant as a form writes it. */
export function forForm(at: number): string {
  const parts = dated('form', { year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', hourCycle: 'h23', calendar: 'gregory', numberingSystem: 'latn' } as Intl.DateTimeFormatOptions).formatToParts(at);
  const part = (type: string) => parts.find((one) => one.type === type)!.value;
  return `${part('year')}-${part('month')}-${part('day')}T${part('hour')}:${part('minute')}`;
}
