// Routes agreed on that the description does not have yet. Each moves to the typed client once it does;
// until then a service without them answers 404, and the screens do with what there is.
import { api, body, type Schema } from './client';
import { ProblemError, networkProblem, problemOf } from './problem';
import { language } from '../lib/i18n';

async function ask<T>(path: string, method = 'GET', command?: unknown): Promise<T> {
  const response = await fetch(`/api/v1${path}`, {
    method,
    headers: { 'Accept-Language': language(), 'Content-Type': 'application/json' },
    ...(command === undefined ? {} : { body: JSON.stringify(command) }),
  }).catch(() => {
    throw new ProblemError(networkProblem());
  });
  const answer: unknown = await response.json().catch(() => undefined);
  if (response.ok) return answer as T;
  throw new ProblemError(problemOf(answer, response.status));
}

export const isMissing = (thrown: unknown) => thrown instanceof ProblemError && thrown.problem.status === 404;

async function orElse<T, E>(wanted: Promise<T>, otherwise: () => E | Promise<E>): Promise<T | E> {
  try {
    return await wanted;
  } catch (thrown) {
    if (isMissing(thrown)) return otherwise();
    throw thrown;
  }
}

export interface Load {
  person: string | null;
  name: string;
  role?: Schema['Role'];
  open: number;
  overdue: number;
  due_soon: number;
  reply_due: number;
  escalated: number;
}
export interface Workload {
  people: Load[];
  /** Counted here over the cases due first, because the service does not count. */
  counted?: true;
}

const PAGES_COUNTED = 5;
const SOON_MS = 2 * 3_600_000;

export const workload = () => orElse(ask<Workload>('/cases/workload'), countedHere);

async function countedHere(): Promise<Workload> {
  const loads = new Map<string | null, Load>();
  let after: string | undefined;
  for (let page = 0; page < PAGES_COUNTED; page += 1) {
    const { cases, next } = await body(api.GET('/api/v1/cases', { params: { query: { open: true, limit: 200, ...(after ? { after } : {}) } } }));
    for (const row of cases) add(loads, row);
    if (!next) break;
    after = next;
  }
  return { people: [...loads.values()], counted: true };
}

function add(loads: Map<string | null, Load>, row: Schema['CaseSummary']) {
  const person = row.assignee ?? null;
  const load = loads.get(person) ?? { person, name: '', open: 0, overdue: 0, due_soon: 0, reply_due: 0, escalated: 0 };
  loads.set(person, load);
  const left = row.next_due_at ? Date.parse(row.next_due_at) - Date.now() : Infinity;
  load.open += 1;
  load.overdue += Number(left < 0);
  load.due_soon += Number(left >= 0 && left < SOON_MS);
  load.reply_due += Number(row.reply_due ?? false);
  load.escalated += Number(Boolean(row.escalated_to));
}

export interface PolicySet {
  hash: string;
  /** Since when it is in force. */
  from: string;
  packs: Schema['PackDto'][];
}
export const policySets = () => orElse(ask<{ sets: PolicySet[] }>('/policy/sets'), () => ({ sets: [] as PolicySet[] }));

export interface Change {
  subject: string;
  id: string;
  change: 'added' | 'removed' | 'changed';
  fields: { path: string; from: unknown; to: unknown }[];
}
export const policyDiff = (from: string, to: string) =>
  ask<{ changes: Change[] }>(`/policy/diff?${new URLSearchParams({ from, to })}`);

export interface SetupBody {
  token: string;
  shop: string;
  time_zone: string;
  currency: string;
  login: string;
  display_name: string;
  password: string;
}
export const setupNeeded = () => orElse(ask<{ needed: boolean }>('/setup'), () => ({ needed: false }));
export const setUp = (command: SetupBody) => ask<unknown>('/setup', 'POST', command);

export type PresenceState = 'viewing' | 'typing' | 'gone';
export interface Present {
  id: string;
  name: string;
  state: 'viewing' | 'typing';
}
export const sayPresence = (id: string, state: PresenceState) => ask<unknown>(`/cases/${id}/presence`, 'PUT', { state });
