// Who else looks at a case, or writes on it. Said again and again while it is so, because a page that was
// closed says nothing; heard through the stream of the desk.
import { useEffect } from 'react';
import { sayPresence, type Present } from '../api/board';
import { store } from '../lib/store';

const AGAIN_MS = 15_000;
const TYPING_MS = 8_000;
const NOBODY: Present[] = [];

/** Whether the service has a stream for the desk; without one nobody would hear. */
export const canSayPresence = store(false);
const present = store<ReadonlyMap<string, Present[]>>(new Map());

export function heardPresence(caseId: string, people: Present[]) {
  present.set(new Map(present.get()).set(caseId, people));
}

/** After a lost line nobody knows who is still there. */
export const forgetPresence = () => present.set(new Map());

export function useOthers(caseId: string, me: string | undefined): Present[] {
  const people = present.use().get(caseId) ?? NOBODY;
  return people.filter(({ id }) => id !== me);
}

let typedAt = 0;
let typedIn = '';
let said = '';

const stateNow = (caseId: string) => (typedIn === caseId && Date.now() - typedAt < TYPING_MS ? 'typing' : 'viewing');

function say(caseId: string, state: 'viewing' | 'typing' | null) {
  said = `${caseId} ${state}`;
  // Lost, it is said again in a moment anyway.
  void sayPresence(caseId, state).catch(() => undefined);
}

/** Somebody writes here; the others hear of it at once, but only once. */
export function typing(caseId: string) {
  typedAt = Date.now();
  typedIn = caseId;
  if (canSayPresence.get() && said !== `${caseId} typing`) say(caseId, 'typing');
}

export function useSayPresence(caseId: string) {
  const can = canSayPresence.use();
  useEffect(() => {
    if (!can) return;
    say(caseId, stateNow(caseId));
    const timer = setInterval(() => {
      if (!document.hidden) say(caseId, stateNow(caseId));
    }, AGAIN_MS);
    return () => {
      clearInterval(timer);
      say(caseId, null);
    };
  }, [caseId, can]);
}
