// Messages on their way: shown at once, kept over a reload, and sent again under the key they had, so that
// a lost answer never sends twice.
import { asProblem, isDeclined } from '../../api/problem';
import { addToDraft } from '../../lib/draft';
import { store, type Store } from '../../lib/store';
import { caseCommand } from '../buyer';

export interface Pending {
  key: string;
  text: string;
  state: 'sending' | 'failed';
  isDeclined?: boolean;
  title?: string;
  detail?: string;
}

const stores = new Map<string, Store<Pending[]>>();
const arrived = new Map<string, () => Promise<void>>();

function pendingOf(id: string): Store<Pending[]> {
  const known = stores.get(id);
  if (known) return known;
  const made = store<Pending[]>([], `amends.buyer.pending.${id}`);
  stores.set(id, made);
  // Left over from before a reload: whether it arrived is not known, its key makes asking harmless.
  for (const one of made.get()) if (one.state === 'sending') void send(id, one);
  return made;
}

export const draftName = (id: string) => `buyer.message.${id}`;
const drop = (id: string, key: string) => pendingOf(id).set(pendingOf(id).get().filter((one) => one.key !== key));

function put(id: string, next: Pending) {
  const all = pendingOf(id).get();
  pendingOf(id).set(all.some(({ key }) => key === next.key) ? all.map((one) => (one.key === next.key ? next : one)) : [...all, next]);
}

async function send(id: string, { key, text }: Pending) {
  put(id, { key, text, state: 'sending' });
  try {
    await caseCommand(id, 'messages', { text }, { key });
    await arrived.get(id)?.();
    drop(id, key);
  } catch (thrown) {
    const { title, detail } = asProblem(thrown);
    put(id, { key, text, state: 'failed', title, detail, isDeclined: isDeclined(thrown) });
  }
}

/** What is on its way; `onArrived` reads the talk anew before the sent one leaves this list. */
export function usePending(id: string, onArrived: () => Promise<void>): Pending[] {
  arrived.set(id, onArrived);
  return pendingOf(id).use();
}

export const sendText = (id: string, text: string) => void send(id, { key: crypto.randomUUID(), text, state: 'sending' });
export const sendAgain = (id: string, pending: Pending) => void send(id, pending);

/** The line is back: what failed for want of it goes out by itself. */
export function sendWaiting(id: string) {
  for (const one of pendingOf(id).get()) if (one.state === 'failed' && !one.isDeclined) void send(id, one);
}

/** Off the list, its words back where they were written. */
export function takeBack(id: string, { key, text }: Pending) {
  drop(id, key);
  addToDraft(draftName(id), text);
}
