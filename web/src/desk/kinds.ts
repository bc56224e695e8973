// What a buyer can ask for, in the order in which screens list it.
import type { Schema } from '../api/client';

export const KINDS = ['refund_only', 'return_and_refund', 'exchange', 'repair', 'reissue', 'compensation', 'consultation', 'complaint'] as const satisfies Schema['Kind'][];
/** What a case can be about: those, and what a review opens by itself. */
export const CASE_KINDS = [...KINDS, 'review_rescue'] as const satisfies Schema['Kind'][];
