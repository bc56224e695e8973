// Which colour says what, in one place: red calls for somebody, amber waits for us, blue moves, grey waits
// for others, green is done.
import type { Schema } from '../../api/client';
import type { Tone } from '../../ui/Chip';

const OF_STATUS: Record<Schema['Status'], Tone> = {
  awaiting_decision: 'amber',
  refused: 'grey',
  awaiting_ruling: 'violet',
  awaiting_return: 'grey',
  return_on_the_way: 'blue',
  awaiting_refund: 'amber',
  refund_on_the_way: 'blue',
  refund_in_trouble: 'red',
  awaiting_difference: 'grey',
  awaiting_replacement: 'amber',
  replacement_on_the_way: 'blue',
  awaiting_send_back: 'amber',
  awaiting_answer: 'amber',
  awaiting_choice: 'grey',
  on_trial: 'grey',
  awaiting_repair: 'amber',
  repaired_on_the_way: 'blue',
  awaiting_steps: 'amber',
  awaiting_payment: 'grey',
  awaiting_dispatch: 'amber',
  closed: 'green',
};

export const statusTone = (status: Schema['Status']): Tone => OF_STATUS[status];

export const verdictTone: Record<Schema['Verdict'], Tone> = { met: 'green', not_met: 'red', unknown: 'amber' };

export const RATING_TONES: Record<Schema['Rating'], Tone> = { good: 'green', middling: 'amber', bad: 'red' };

export const severityTone: Record<Schema['Severity'], Tone> = { low: 'grey', medium: 'grey', high: 'amber', critical: 'red' };
