// Who did something. The description leaves the shape open; this is what the service writes.
import type { Schema } from './client';

export type Actor =
  | { kind: 'buyer'; id: string }
  | { kind: 'person'; id: string; role: Schema['Role'] }
  | { kind: 'deadlines' }
  | { kind: 'outbox' };

export const actor = (raw: unknown) => raw as Actor;
