// The buyer book, segments and care mails: what is read, each with its key, and what is told.
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { api, body, type Schema } from './client';

const of = (id: string) => ({ params: { path: { id } } });
const seen = (id: string, version: number) => ({ params: { path: { id }, header: { 'If-Match': `"${version}"` } } });

export const bookQuery = (id: string) => queryOptions({ queryKey: ['buyer', id, 'book'], queryFn: () => body(api.GET('/api/v1/buyers/{id}/book', of(id))), staleTime: 60_000 });
export const historyQuery = (id: string) => queryOptions({ queryKey: ['buyer', id, 'history'], queryFn: () => body(api.GET('/api/v1/buyers/{id}/history', of(id))) });
export const standingQuery = (id: string) => queryOptions({ queryKey: ['buyer', id, 'care'], queryFn: () => body(api.GET('/api/v1/buyers/{id}/care', of(id))), retry: false });
export const looksQuery = (id: string) => queryOptions({ queryKey: ['buyer', id, 'looks'], queryFn: () => body(api.GET('/api/v1/buyers/{id}/book/looks', of(id))) });
export const bookPut = (id: string, version: number, book: Schema['BookBody']) => body(api.PUT('/api/v1/buyers/{id}/book', { ...seen(id, version), body: book }));
export const buyerOptOut = (id: string) => body(api.POST('/api/v1/buyers/{id}/opt-out', of(id)));

export const segmentsQuery = queryOptions({ queryKey: ['care', 'segments'], queryFn: () => body(api.GET('/api/v1/care/segments')) });
export const reachQuery = (condition: Schema['SegmentCondition']) =>
  queryOptions({
    queryKey: ['care', 'reach', condition],
    queryFn: () => body(api.POST('/api/v1/care/segments/preview', { body: { condition } })),
    staleTime: 30_000,
    retry: false,
  });
export const segmentAdd = (segment: Schema['SegmentBody']) => body(api.POST('/api/v1/care/segments', { body: segment }));
export const segmentPut = (id: string, version: number, segment: Schema['SegmentBody']) => body(api.PUT('/api/v1/care/segments/{id}', { ...seen(id, version), body: segment }));
export const segmentRemove = (id: string) => body(api.DELETE('/api/v1/care/segments/{id}', of(id)));

const WORKING = new Set<Schema['CareMailState']>(['planning', 'sending', 'cancelling']);
const SOON_MS = 5_000;
export const careMailsQuery = infiniteQueryOptions({
  queryKey: ['care', 'mails'],
  queryFn: ({ pageParam }) => body(api.GET('/api/v1/care/mails', { params: { query: { limit: 50, ...(pageParam ? { before: pageParam } : {}) } } })),
  initialPageParam: undefined as string | undefined,
  getNextPageParam: (page) => page.next ?? undefined,
});
export const careMailQuery = (id: string) =>
  queryOptions({
    queryKey: ['care', 'mails', id],
    queryFn: () => body(api.GET('/api/v1/care/mails/{id}', of(id))),
    // While its letters go, its figures move.
    refetchInterval: (query) => (query.state.data && WORKING.has(query.state.data.state) ? SOON_MS : false),
  });
export const carePreviewQuery = (id: string, version: number) =>
  queryOptions({ queryKey: ['care', 'mails', id, 'preview', version], queryFn: () => body(api.POST('/api/v1/care/mails/{id}/preview', of(id))), retry: false });
export const careMailAdd = (mail: Schema['CareMailBody']) => body(api.POST('/api/v1/care/mails', { body: mail }));
export const careMailPut = (id: string, version: number, mail: Schema['CareMailBody']) => body(api.PUT('/api/v1/care/mails/{id}', { ...seen(id, version), body: mail }));
export const careConfirm = (id: string, version: number) => body(api.POST('/api/v1/care/mails/{id}/confirm', seen(id, version)));
export const careCancel = (id: string) => body(api.POST('/api/v1/care/mails/{id}/cancel', of(id)));
