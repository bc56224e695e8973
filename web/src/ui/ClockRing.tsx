import { urgency } from '../lib/format';
import { useNow } from '../lib/clock';

const COLOURS = { overdue: 'var(--red)', soon: 'var(--amber)', today: 'var(--primary)', later: 'var(--primary)' };
const RADIUS = 9;
const ROUND = 2 * Math.PI * RADIUS;
const STEPS = 120;

/** How much of a clock is left, as a ring. The words beside it say the same. */
export function ClockRing({ startedAt, dueAt }: { startedAt: string; dueAt: string }) {
  const started = Date.parse(startedAt);
  const due = Date.parse(dueAt);
  // In steps, so that it draws anew only when it would look different.
  const left = useNow((now) => Math.round(STEPS * Math.min(1, Math.max(0, (due - now) / (due - started || 1)))));
  const state = useNow((now) => urgency(due - now));
  return (
    <svg width="24" height="24" viewBox="0 0 24 24" aria-hidden="true">
      <circle cx="12" cy="12" r={RADIUS} fill="none" stroke="var(--line)" strokeWidth="3" />
      <circle
        cx="12"
        cy="12"
        r={RADIUS}
        fill="none"
        stroke={COLOURS[state]}
        strokeWidth="3"
        strokeLinecap="round"
        strokeDasharray={`${(ROUND * left) / STEPS} ${ROUND}`}
        transform="rotate(-90 12 12)"
      />
    </svg>
  );
}
