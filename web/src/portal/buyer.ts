// What the portal asks and tells the service, always as the buyer of the link.
import { api, body, type Schema } from '../api/client';
import { ProblemError, problemOf, networkProblem } from '../api/problem';
import { serverClock } from '../lib/clock';
import { language } from '../lib/i18n';
import { link, shopName } from './session';

export type Order = Schema['BuyerOrder'];
export type Case = Schema['CaseDto'];
export type Entry = Schema['EntryDto'];
export type Evidence = Schema['Evidence'];

export const bearer = () => ({ Authorization: `AmendsLink ${link.get()}` });

export async function readOrder(): Promise<Order> {
  const asked = Date.now();
  const order = await body(api.GET('/api/v1/buyer/order', { headers: bearer() }));
  serverClock.set(Date.parse(order.now), asked, Date.now());
  shopName.set(order.shop);
  return order;
}

export const readCases = async () => (await body(api.GET('/api/v1/buyer/cases', { headers: bearer() }))).cases;

const one = (id: string) => ({ headers: bearer(), params: { path: { id } } });
export const readCase = (id: string) => body(api.GET('/api/v1/buyer/cases/{id}', one(id)));
export const readTimeline = async (id: string) => (await body(api.GET('/api/v1/buyer/cases/{id}/timeline', one(id)))).entries;
export const readEvidence = async (id: string) => (await body(api.GET('/api/v1/buyer/cases/{id}/evidence', one(id)))).evidence;
export const readWaiting = async () => (await body(api.GET('/api/v1/buyer/evidence', { headers: bearer() }))).evidence;
/** What was handed in and waits for its case. */
export const takeBack = (id: string) => body(api.DELETE('/api/v1/buyer/evidence/{id}', one(id)));

export async function readFile(id: string): Promise<Blob> {
  const response = await fetch(`/api/v1/buyer/evidence/${id}/content`, { headers: bearer() });
  if (!response.ok) throw new ProblemError(problemOf(await response.json().catch(() => undefined), response.status));
  return response.blob();
}

interface Sent {
  key?: string;
  terms?: number;
}

/** A POST by its path: the routes under a case are many and share one shape. */
export async function post<T>(path: string, content: unknown, { key, terms }: Sent = {}, signed = true): Promise<T> {
  const headers = new Headers({ 'Content-Type': 'application/json', 'Accept-Language': language() });
  if (signed) headers.set('Authorization', bearer().Authorization);
  if (key) headers.set('Idempotency-Key', key);
  if (terms !== undefined) headers.set('If-Match', `"${terms}"`);
  const response = await fetch(`/api/v1/buyer${path}`, { method: 'POST', headers, body: JSON.stringify(content) }).catch(() => {
    throw new ProblemError(networkProblem());
  });
  const answer: unknown = await response.json().catch(() => undefined);
  if (!response.ok) throw new ProblemError(problemOf(answer, response.status));
  return answer as T;
}

export const openCase = (wanted: Schema['CaseOpenBody'], key: string) => post<Schema['Accepted']>('/cases', wanted, { key });
export const caseCommand = (id: string, route: string, command: unknown, sent: Sent) =>
  post<Schema['Accepted']>(`/cases/${id}/${route}`, command, sent);

/** The way out of care mail: its own token, whoever the link of the order belongs to. */
const way = (token: string) => ({ params: { query: { token } } });
export const readWayOut = (token: string) => body(api.GET('/api/v1/care/opt-out', way(token)));
export const optOut = (token: string) => body(api.POST('/api/v1/care/opt-out', way(token)));
export const optIn = (token: string) => body(api.DELETE('/api/v1/care/opt-out', way(token)));

export interface Known {
  order_number: string;
  phone_tail: string;
  shop?: string;
}
export const askCode = (known: Known) => post('/codes', known, {}, false);
export const redeemCode = async (known: Known & { code: string }) => (await post<{ token: string }>('/codes/redeem', known, {}, false)).token;
