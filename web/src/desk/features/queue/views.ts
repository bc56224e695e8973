// The saved views of the queue and its filters, as addresses have them and as the API asks for them.
import type { CasesAsked } from '../../../api/queries';
import type { Schema } from '../../../api/client';
import { inShopTime } from '../../../lib/format';

export const VIEWS = [
  'open',
  'mine',
  'due_soon',
  'overdue',
  'unassigned',
  'disputed',
  'escalated',
  'high_value',
  'awaiting_buyer',
  'closed',
] as const;
export type View = (typeof VIEWS)[number];

/** Filters laid over a view; each is a parameter of the API's list. */
export const FILTERS = [
  'kind', 'status', 'reason', 'priority', 'severity', 'assignee', 'awaiting', 'tag', 'clause', 'order', 'opened_from', 'opened_until', 'due_before',
] as const;
export type Filter = (typeof FILTERS)[number];

export type QueueSearch = { view?: View; sort?: Schema['CaseSort'] } & Partial<Record<Filter, string>>;

/** Filters that are days of the shop, as addresses have them: `2026-11-28`. */
export const DAYS = ['opened_from', 'opened_until', 'due_before'] as const;
const DAY = /^\d{4}-\d{2}-\d{2}$/;
const DAY_MS = 86_400_000;

const SORTS = ['due', 'opened', 'changed'];

/** What an address says, without what is not known. */
export function queueSearch(raw: Record<string, unknown>): QueueSearch {
  const search: QueueSearch = {};
  if (VIEWS.includes(raw['view'] as View)) search.view = raw['view'] as View;
  if (SORTS.includes(raw['sort'] as string)) search.sort = raw['sort'] as Schema['CaseSort'];
  for (const filter of FILTERS) {
    const value = raw[filter];
    const isDay = DAYS.includes(filter as (typeof DAYS)[number]);
    if (typeof value === 'string' && value && (!isDay || DAY.test(value))) search[filter] = value;
  }
  return search;
}

const OF_VIEW: Record<View, (highValueMinor: number) => CasesAsked> = {
  open: () => ({ open: true }),
  mine: () => ({ open: true, assignee: 'me' }),
  due_soon: () => ({ open: true, due_within_hours: 2 }),
  overdue: () => ({ open: true, overdue: true }),
  unassigned: () => ({ open: true, assignee: 'nobody' }),
  disputed: () => ({ open: true, disputed: true }),
  escalated: () => ({ open: true, escalated_to: 'anybody' }),
  high_value: (value_from_minor) => ({ open: true, value_from_minor }),
  awaiting_buyer: () => ({ open: true, awaiting: 'buyer' }),
  closed: () => ({ open: false, sort: 'changed' }),
};

export function asked(search: QueueSearch, highValueMinor: number): CasesAsked {
  const { view, sort, ...filters } = search;
  // An order's cases are wanted whole, closed ones with them.
  const base: CasesAsked = filters.order && !view ? {} : OF_VIEW[view ?? 'open'](highValueMinor);
  const days = DAYS.filter((name) => filters[name]).map((name) => [name, momentOf(name, filters[name]!)]);
  return { ...base, ...(sort ? { sort } : {}), ...(filters as CasesAsked), ...Object.fromEntries(days) };
}

/** When a day begins for the shop; a last day is meant with all of itself. */
function momentOf(name: (typeof DAYS)[number], written: string): string {
  const begin = inShopTime(`${written}T00:00`);
  return name === 'opened_from' ? begin : new Date(Date.parse(begin) + DAY_MS).toISOString();
}

/** Claims above what an agent may refund count as high value; without a limit, this much does. */
const HIGH_VALUE_MINOR = 50_000;
export const highValueOf = (shop?: Schema['ShopDto']) =>
  shop?.settings.refund_limit_agent?.minor ?? HIGH_VALUE_MINOR;
