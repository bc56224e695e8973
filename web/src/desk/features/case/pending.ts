// Messages and notes on their way. They are shown before the service has them, kept over a reload, and
// sent again under the key they had, so that a lost answer never sends twice.
import { useQueryClient, type QueryClient } from '@tanstack/react-query';
import { caseCommand, newKey } from '../../../api/commands';
import { isDeclined, asProblem } from '../../../api/problem';
import { caseQuery, timelineQuery } from '../../../api/queries';
import { addToDraft } from '../../../lib/draft';
import { store, type Store } from '../../../lib/store';

export interface Pending {
  key: string;
  kind: 'message' | 'note';
  text: string;
  state: 'sending' | 'failed';
  title?: string;
  detail?: string;
}

const stores = new Map<string, Store<Pending[]>>();
let client: QueryClient | undefined;

function pendingOf(caseId: string): Store<Pending[]> {
  const known = stores.get(caseId);
  if (known) return known;
  const made = store<Pending[]>([], `amends.pending.${caseId}`);
  stores.set(caseId, made);
  // Left over from before a reload: whether it arrived is not known, its key makes asking harmless.
  for (const one of made.get()) if (one.state === 'sending') void send(caseId, one);
  return made;
}

export function usePending(caseId: string): Pending[] {
  client = useQueryClient();
  return pendingOf(caseId).use();
}

function put(caseId: string, next: Pending) {
  const kept = pendingOf(caseId);
  const others = kept.get().filter(({ key }) => key !== next.key);
  kept.set([...others, next]);
}

export const draftName = (caseId: string, kind: Pending['kind']) => `${kind}.${caseId}`;

/** Takes it off the list; `back` puts its words into the composer again. */
export function dropPending(caseId: string, pending: Pending, back = false) {
  const kept = pendingOf(caseId);
  kept.set(kept.get().filter(({ key }) => key !== pending.key));
  if (back) addToDraft(draftName(caseId, pending.kind), pending.text);
}

async function send(caseId: string, pending: Pending) {
  put(caseId, { ...pending, state: 'sending' });
  try {
    await caseCommand(caseId, pending.kind === 'note' ? 'notes' : 'messages', { text: pending.text }, { key: pending.key });
    await client?.invalidateQueries({ queryKey: timelineQuery(caseId).queryKey });
    void client?.invalidateQueries({ queryKey: caseQuery(caseId).queryKey });
    dropPending(caseId, pending);
  } catch (thrown) {
    const { title, detail } = asProblem(thrown);
    dropPending(caseId, pending);
    put(caseId, { ...pending, key: isDeclined(thrown) ? newKey() : pending.key, state: 'failed', title, detail });
  }
}

export function sendText(caseId: string, kind: Pending['kind'], text: string) {
  void send(caseId, { key: newKey(), kind, text, state: 'sending' });
}
export const sendAgain = (caseId: string, pending: Pending) => void send(caseId, pending);
