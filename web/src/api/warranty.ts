// Plans with what they came to, covers of an order, and guides: what is read, each with its key, and what is told.
import { queryOptions } from '@tanstack/react-query';
import { api, body, type Schema } from './client';

const of = (id: string) => ({ params: { path: { id } } });
const seen = (version: number) => ({ 'If-Match': `"${version}"` });

export const plansQuery = queryOptions({ queryKey: ['plans'], queryFn: () => body(api.GET('/api/v1/plans')) });
export const planSumsQuery = (from: string | undefined) =>
  queryOptions({ queryKey: ['plans', 'figures', from], queryFn: () => body(api.GET('/api/v1/plans/figures', { params: { query: from ? { from } : {} } })) });
export const planAdd = (plan: Schema['PlanBody']) => body(api.POST('/api/v1/plans', { body: plan }));
export const planPut = (id: string, version: number, plan: Schema['PlanBody']) =>
  body(api.PUT('/api/v1/plans/{id}', { params: { path: { id }, header: seen(version) }, body: plan }));

export const coversQuery = (order: string) =>
  queryOptions({ queryKey: ['order', order, 'covers'], queryFn: () => body(api.GET('/api/v1/orders/{id}/covers', of(order))) });
export const coverGive = (order: string, line: string, cover: Schema['CoverBody']) =>
  body(api.POST('/api/v1/orders/{id}/lines/{line}/covers', { params: { path: { id: order, line } }, body: cover }));

export const guidesQuery = queryOptions({ queryKey: ['guides'], queryFn: () => body(api.GET('/api/v1/guides', { params: { query: {} } })) });
export const guidePut = (sku: string, version: number, guide: Schema['GuideBody']) =>
  body(api.PUT('/api/v1/guides', { params: { query: { sku }, header: seen(version) }, body: guide }));
export const guideRemove = (sku: string) => body(api.DELETE('/api/v1/guides', { params: { query: { sku } } }));
