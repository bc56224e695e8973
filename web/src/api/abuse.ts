// What people of the shop tell the service about buyers who are blocked and listings that are checked.
import { api, body, type Schema } from './client';

export const blockAdd = (block: Schema['BlockAddBody']) => body(api.POST('/api/v1/blocks', { body: block }));
export const blockLift = ({ id, reason }: { id: string; reason: string }) =>
  body(api.POST('/api/v1/blocks/{id}/lift', { params: { path: { id } }, body: { reason } }));
export const listingCheckDone = (done: Schema['ListingCheckDoneBody']) => body(api.POST('/api/v1/listing-checks/done', { body: done }));
