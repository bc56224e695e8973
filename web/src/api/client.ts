// The typed client of the service. Every call goes through here, so that language, errors and the
// server's time are dealt with once.
import createClient, { type Middleware } from 'openapi-fetch';
import { language } from '../lib/i18n';
import { ProblemError, networkProblem, problemOf } from './problem';
import type { components, paths } from './schema';

export type Schema = components['schemas'];

const inCallersLanguage: Middleware = {
  onRequest({ request }) {
    request.headers.set('Accept-Language', language());
    // With a cookie the service takes no change that a form of another site could have sent.
    if (request.method !== 'GET' && !request.headers.has('Content-Type')) {
      request.headers.set('Content-Type', 'application/json');
    }
    return request;
  },
  onError() {
    return new ProblemError(networkProblem());
  },
};

export const api = createClient<paths>({ credentials: 'same-origin' });
api.use(inCallersLanguage);

/** What an answer holds, or the service's problem thrown. */
export async function body<T>(
  call: Promise<{ data?: T; error?: unknown; response: Response }>,
): Promise<T> {
  const { data, error, response } = await call;
  if (response.ok) return data as T;
  throw new ProblemError(problemOf(error, response.status));
}
