// Who prepares care mail, who confirms it, who calls buyers, and who reads who looked at a buyer's book. The service decides;
// this only keeps buttons away from whoever would be refused.
import type { Schema } from '../../../api/client';

export const CARERS = new Set<Schema['Role']>(['supervisor', 'manager', 'admin']);
export const CONFIRMERS = new Set<Schema['Role']>(['manager', 'admin']);
export const CALLERS = new Set<Schema['Role']>(['agent', 'supervisor', 'manager', 'admin']);
export const AUDITORS = new Set<Schema['Role']>(['manager', 'admin', 'auditor']);
