// One clock for everything that ticks. Countdowns subscribe to it and draw anew only when their own
// text changes; there are no timers per row. It runs on the service's time, because a countdown that
// trusts a wrong computer clock promises what the service will not keep.
import { useSyncExternalStore } from 'react';

type Listener = () => void;

let offsetMs = 0;
const listeners = new Set<Listener>();
let timer: ReturnType<typeof setTimeout> | undefined;

function tick() {
  timer = undefined;
  for (const listener of listeners) listener();
  schedule();
}

// Ticks fall just after the full second of the service's time, and stop while nobody looks.
function schedule() {
  if (timer !== undefined || listeners.size === 0 || document.hidden) return;
  timer = setTimeout(tick, 1_000 - (serverClock.now() % 1_000) + 5);
}

if (typeof document !== 'undefined') {
  document.addEventListener('visibilitychange', () => {
    if (!document.hidden && timer === undefined) tick();
  });
}

/** Calls on at every full second of the service's time, until stopped. */
export function everySecond(listener: Listener): () => void {
  listeners.add(listener);
  schedule();
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) {
      clearTimeout(timer);
      timer = undefined;
    }
  };
}

export const serverClock = {
  now: () => Date.now() + offsetMs,
  /** The service said `serverMs` somewhere between asking and hearing. */
  set(serverMs: number, askedMs: number, heardMs: number) {
    offsetMs = serverMs - (askedMs + heardMs) / 2;
  },
  /** Something happened at that moment, so it can't be earlier now. */
  atLeast(serverMs: number) {
    if (serverMs > serverClock.now()) offsetMs = serverMs - Date.now();
  },
};

/** What `read` makes of the service's now; draws anew when that changes. */
export function useNow<T extends string | number | boolean>(read: (nowMs: number) => T): T {
  return useSyncExternalStore(everySecond, () => read(serverClock.now()));
}
