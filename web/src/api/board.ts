// What a supervisor looks at, the sets of rules, the first shop, and who is at a case.
import { api, body, type Schema } from './client';

export type Load = Schema['InHandDto'];
export const workload = () => body(api.GET('/api/v1/cases/workload'));

export type PolicySet = Schema['SetDto'];
export const policySets = () => body(api.GET('/api/v1/policy/sets'));

export type Change = Schema['ChangeDto'];
export const policyDiff = (from: string, to: string) => body(api.GET('/api/v1/policy/diff', { params: { query: { from, to } } }));

export type SetupBody = Schema['SetupBody'];
export const setupNeeded = () => body(api.GET('/api/v1/setup'));
export const setUp = (command: SetupBody) => body(api.POST('/api/v1/setup', { body: command }));

export interface Present {
  id: string;
  name: string;
  state: Schema['Presence'];
}
/** Says what one does at a case; nothing, when one leaves it. */
export const sayPresence = (id: string, state: Schema['Presence'] | null) =>
  body(api.PUT('/api/v1/cases/{id}/presence', { params: { path: { id } }, body: { state } }));
