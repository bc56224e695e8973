// What a buyer can ask for, in the order in which screens list it.
import type { Schema } from '../api/client';

export const KINDS = ['refund_only', 'return_and_refund', 'exchange', 'repair', 'reissue', 'compensation', 'consultation', 'complaint'] as const satisfies Schema['Kind'][];
/** What a case can be about: those, and what the shop opens of its own accord. */
export const CASE_KINDS = [...KINDS, 'review_rescue', 'unpaid_order'] as const satisfies Schema['Kind'][];
