// Live updates: each event of the stream makes stale what it touches. It never reorders a list: the
// queue collects what has changed and says how many, and its reader decides when to see them.
import type { QueryClient } from '@tanstack/react-query';
import type { Schema } from '../api/client';
import { caseQuery, meQuery, shopQuery, timelineQuery, type Entry } from '../api/queries';
import { followEvents, type Connection, type StreamedEvent } from '../api/sse';
import { serverClock } from '../lib/clock';
import { store } from '../lib/store';
import { pollShop } from './poll';

export const connection = store<Connection | 'polling'>('connecting');

// Whom the service lets follow the stream; the others ask again and again.
const FOLLOWERS: ReadonlySet<Schema['Role']> = new Set(['manager', 'admin', 'auditor']);

const NONE: ReadonlySet<string> = new Set();
/** Cases that changed since the lists were read. */
export const changedCases = store<ReadonlySet<string>>(NONE);
export const listsWereRead = () => changedCases.set(NONE);

const GATHER_MS = 150;
const COUNTS_MS = 1_500;

function appendToTimeline(client: QueryClient, event: StreamedEvent) {
  const key = timelineQuery(event.case).queryKey;
  const known = client.getQueryData(key);
  if (!known) return;
  const last = known.at(-1)?.seq ?? 0;
  if (event.seq <= last) return;
  if (event.seq === last + 1) client.setQueryData(key, [...known, event as Entry]);
  else void client.invalidateQueries({ queryKey: key });
}

export function followShop(client: QueryClient, role: Schema['Role']): () => void {
  const touched = new Set<string>();
  let gathering: ReturnType<typeof setTimeout> | undefined;
  let counting: ReturnType<typeof setTimeout> | undefined;

  function flush() {
    gathering = undefined;
    for (const id of touched) {
      void client.invalidateQueries({ queryKey: caseQuery(id).queryKey });
      const order = client.getQueryData(caseQuery(id).queryKey)?.order;
      if (order) void client.invalidateQueries({ queryKey: ['order', order] });
    }
    changedCases.set(new Set([...changedCases.get(), ...touched]));
    touched.clear();
    counting ??= setTimeout(() => {
      counting = undefined;
      void client.invalidateQueries({ queryKey: ['counts'] });
    }, COUNTS_MS);
  }

  function touch(id: string) {
    touched.add(id);
    gathering ??= setTimeout(flush, GATHER_MS);
  }
  const follower = {
    onEvent(event: StreamedEvent) {
      serverClock.atLeast(Date.parse(event.at));
      appendToTimeline(client, event);
      touch(event.case);
    },
    onState(state: Connection, resumed: boolean) {
      connection.set(state);
      if (state === 'signed_out') void client.invalidateQueries({ queryKey: meQuery.queryKey });
      // A first connection says nothing of what happened before it.
      if (state !== 'live') return;
      void client.invalidateQueries({ queryKey: shopQuery.queryKey });
      if (!resumed) {
        void client.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] === 'case' || queryKey[0] === 'timeline' });
      }
    },
  };
  const stop = FOLLOWERS.has(role)
    ? followEvents(follower)
    : pollShop(client, { onChanged: (cases) => cases.forEach(touch), onState: (state) => connection.set(state) });
  return () => {
    stop();
    clearTimeout(gathering);
    clearTimeout(counting);
  };
}
