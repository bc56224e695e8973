import type { Schema } from '../../../api/client';

/** Who writes plans and guides; everybody reads them. */
export const LEADERS: ReadonlySet<Schema['Role']> = new Set(['supervisor', 'manager', 'admin']);
