// Visits of buyers beside any case: what is read, each with its key, and what is told.
import { queryOptions, type QueryClient } from '@tanstack/react-query';
import { api, body, type Schema } from './client';

const of = (id: string) => ({ params: { path: { id } } });
const MINUTE_MS = 60_000;

// Nothing tells of visits by itself: a colleague's are seen within a minute.
export const visitsQuery = queryOptions({ queryKey: ['visits', 'planned'], queryFn: () => body(api.GET('/api/v1/visits')), refetchInterval: MINUTE_MS });
export const suggestedQuery = queryOptions({ queryKey: ['visits', 'suggested'], queryFn: () => body(api.GET('/api/v1/visits/suggested')) });
// Each reading of what a buyer said is written down: not at every glance.
export const visitsOfBuyerQuery = (id: string) => queryOptions({ queryKey: ['visits', 'of', id], queryFn: () => body(api.GET('/api/v1/buyers/{id}/visits', of(id))), staleTime: MINUTE_MS });

export const visitPlan = (buyer: string, plan: Schema['VisitPlanBody']) => body(api.POST('/api/v1/buyers/{id}/visits', { ...of(buyer), body: plan }));
export const visitDone = (id: string, told: Schema['VisitDoneBody']) => body(api.POST('/api/v1/visits/{id}/done', { ...of(id), body: told }));
export const visitCallOff = (id: string) => body(api.DELETE('/api/v1/visits/{id}', of(id)));

/** After any of them the lists are other ones. */
export const visitsAgain = (client: QueryClient) => client.invalidateQueries({ queryKey: ['visits'] });
