// What the screens tell the service to do. A command's key is made when a form opens, not when it is
// sent: pressing twice, or again after a lost answer, is then one command.
import { api, body, type Schema } from './client';
import type { paths } from './schema';

type OfCase<P> = P extends `/api/v1/cases/{id}/${infer A}` ? A : never;
type Written<P> = P extends keyof paths ? (paths[P] extends { post: { requestBody: { content: { 'application/json': infer B } } } } ? B : never) : never;

/** The routes under a case that take a command. */
export type CaseRoute = Exclude<OfCase<keyof paths>, 'alike' | 'evidence' | 'notices' | 'readiness' | 'remedies' | 'scripts' | 'signals' | 'timeline'>;
export type BodyOf<A extends CaseRoute> = Written<`/api/v1/cases/{id}/${A}`>;

export const newKey = () => crypto.randomUUID();

interface Sent {
  key: string;
  /** The terms that were seen; asked for by what decides or moves money. */
  terms?: number;
}

export function caseCommand<A extends CaseRoute>(
  id: string,
  route: A,
  command: BodyOf<A>,
  { key, terms }: Sent,
): Promise<Schema['Accepted']> {
  const header: Record<string, string> = { 'Idempotency-Key': key };
  if (terms !== undefined) header['If-Match'] = `"${terms}"`;
  // The routes share one shape; the compiler cannot see it through the template.
  const path = `/api/v1/cases/{id}/${route}` as '/api/v1/cases/{id}/assign';
  return body(
    api.POST(path, {
      params: { path: { id }, header: header as { 'Idempotency-Key': string } },
      body: command as Schema['AssignBody'],
    }),
  );
}

export function bulkCommand(command: Schema['BulkBody'], key: string): Promise<Schema['Bulk']> {
  return body(
    api.POST('/api/v1/cases/bulk', {
      params: { header: { 'Idempotency-Key': key } },
      body: command,
    }),
  );
}

export const caseOpen = (command: Schema['CaseOpenBody'], key: string) =>
  body(api.POST('/api/v1/cases', { params: { header: { 'Idempotency-Key': key } }, body: command }));
export const buyerLink = (order: string) => body(api.POST('/api/v1/orders/{id}/buyer-link', { params: { path: { id: order } }, body: {} }));

export const signIn = (credentials: Schema['SignIn']) =>
  body(api.POST('/api/v1/sessions', { body: credentials }));

export const signOut = () => body(api.DELETE('/api/v1/sessions/current'));
export const signOutEverywhere = () => body(api.DELETE('/api/v1/sessions'));

export const reviewMatch = (id: string, command: Schema['ReviewMatchBody']) => body(api.POST('/api/v1/reviews/{id}/match', { params: { path: { id } }, body: command }));

export const buyerRate = (order: string, rating: Schema['BuyerRatingBody']) => body(api.PUT('/api/v1/orders/{id}/buyer-rating', { params: { path: { id: order } }, body: rating }));

export interface EvidenceUpload {
  file: File;
  kind: string;
  shared: boolean;
  key: string;
}

export function evidenceAdd(id: string, { file, kind, shared, key }: EvidenceUpload) {
  return body(
    api.POST('/api/v1/cases/{id}/evidence', {
      params: {
        path: { id },
        header: {
          'Idempotency-Key': key,
          'Evidence-Kind': kind,
          'Evidence-Name': encodeURIComponent(file.name),
          'Evidence-Shared': shared,
        },
      },
      headers: { 'Content-Type': file.type || 'application/octet-stream' },
      body: file as unknown as number[],
      bodySerializer: (raw) => raw as unknown as Blob,
    }),
  );
}
