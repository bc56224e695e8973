// Puts a case's entries into what a reader sees: days, words said, and blocks of what happened at once.
import { actor } from '../../../../api/actor';
import type { Entry } from '../../../../api/queries';

export interface Said {
  kind: 'said';
  key: string;
  entry: Entry;
  /** Whose words: the buyer's, the shop's, or a note for the shop alone. */
  voice: 'buyer' | 'shop' | 'note';
}
export interface Happened {
  kind: 'happened';
  key: string;
  at: string;
  actor: Entry['actor'];
  entries: Entry[];
}
export interface Day {
  kind: 'day';
  key: string;
  day: string;
}
export type Item = Said | Happened | Day;

export type Shown = 'all' | 'talk' | 'events';

const TOGETHER_MS = 60_000;

const actorOf = (entry: Entry) => JSON.stringify(entry.actor);

/** Entries that are words to or from the buyer, or a note. */
export function voiceOf(entry: Entry): Said['voice'] | undefined {
  if (entry.type === 'text_added') {
    if ((entry.data as { kind?: string })['kind'] === 'note') return 'note';
    return actor(entry.actor).kind === 'buyer' ? 'buyer' : 'shop';
  }
  return undefined;
}

/** That a reply is due or was given shows in the words and clocks beside it. */
const SILENT = new Set(['reply_due', 'replied', 'follow_up_due']);

export function itemsOf(entries: Entry[], shown: Shown, dayOf: (at: string) => string): Item[] {
  const items: Item[] = [];
  let day = '';
  for (const entry of entries) {
    const voice = voiceOf(entry);
    // An application, an offer, a refusal carry words too: they belong to the talk.
    const isTalk = voice !== undefined || (entry.text != null && entry.text !== '');
    if (SILENT.has(entry.type)) continue;
    if (shown === 'talk' ? !isTalk : shown === 'events' && voice !== undefined) continue;
    const today = dayOf(entry.at);
    if (today !== day) {
      day = today;
      items.push({ kind: 'day', key: `day-${entry.seq}`, day });
    }
    if (voice) {
      items.push({ kind: 'said', key: `said-${entry.seq}`, entry, voice });
      continue;
    }
    const last = items.at(-1);
    const together =
      last?.kind === 'happened' &&
      actorOf(last.entries[0]!) === actorOf(entry) &&
      Date.parse(entry.at) - Date.parse(last.at) < TOGETHER_MS;
    if (together) last.entries.push(entry);
    else items.push({ kind: 'happened', key: `happened-${entry.seq}`, at: entry.at, actor: entry.actor, entries: [entry] });
  }
  return items;
}
