// Live updates: each event of the stream makes stale what it touches. It never reorders a list: the
// queue collects what has changed and says how many, and its reader decides when to see them.
import type { QueryClient } from '@tanstack/react-query';
import type { Schema } from '../api/client';
import { caseQuery, meQuery, shopQuery, timelineQuery } from '../api/queries';
import type { Present } from '../api/board';
import { followEvents, type Changed, type Connection, type StreamedEvent } from '../api/sse';
import { serverClock } from '../lib/clock';
import { store } from '../lib/store';
import { pollShop } from './poll';
import { canSayPresence, forgetPresence, heardPresence } from './presence';

export const connection = store<Connection | 'polling'>('connecting');

// Whom a service without a stream for the desk lets follow its events; the others ask again and again.
const FOLLOWERS: ReadonlySet<Schema['Role']> = new Set(['manager', 'admin', 'auditor']);

const NONE: ReadonlySet<string> = new Set();
/** Cases that changed since the lists were read. */
export const changedCases = store<ReadonlySet<string>>(NONE);
export const listsWereRead = () => changedCases.set(NONE);

const GATHER_MS = 150;
const COUNTS_MS = 1_500;

/** What happens while a timeline is on its way may be missing in it: then it is looked at again once it is here. */
function onceRead(client: QueryClient, id: string, then: () => void) {
  if (client.isFetching({ queryKey: timelineQuery(id).queryKey, exact: true }) > 0) {
    void client.ensureQueryData(timelineQuery(id)).then(then, () => undefined);
  }
}

/** Streams say that something was, without its words: those are read. */
function timelineChanged(client: QueryClient, changed: Pick<Changed, 'case' | 'seq'>) {
  const key = timelineQuery(changed.case).queryKey;
  const known = client.getQueryData(key);
  if (!known) onceRead(client, changed.case, () => timelineChanged(client, changed));
  else if (changed.seq > (known.at(-1)?.seq ?? 0)) void client.invalidateQueries({ queryKey: key });
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
  function onState(state: Connection, resumed: boolean) {
    connection.set(state);
    if (state === 'signed_out') void client.invalidateQueries({ queryKey: meQuery.queryKey });
    if (state === 'lost') forgetPresence();
    // A first connection says nothing of what happened before it.
    if (state !== 'live') return;
    void client.invalidateQueries({ queryKey: shopQuery.queryKey });
    if (!resumed) {
      void client.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] === 'case' || queryKey[0] === 'timeline' });
    }
  }

  const followAll = () =>
    followEvents({
      path: '/api/v1/events/stream?after=now',
      onMessage(_name, data) {
        const event = data as StreamedEvent;
        serverClock.atLeast(Date.parse(event.at));
        timelineChanged(client, event);
        touch(event.case);
      },
      onState,
    });
  const poll = () => pollShop(client, { onChanged: (cases) => cases.forEach(touch), onState: (state) => connection.set(state) });

  let stop = followEvents({
    path: '/api/v1/desk/stream',
    onMessage(name, data) {
      if (name === 'presence') {
        const heard = data as { case: string; people: Present[] };
        heardPresence(heard.case, heard.people);
      } else if (name === 'changed') {
        timelineChanged(client, data as Changed);
        touch((data as Changed).case);
      }
    },
    onMissing() {
      stop = FOLLOWERS.has(role) ? followAll() : poll();
    },
    onState(state, resumed) {
      if (state === 'live') canSayPresence.set(true);
      onState(state, resumed);
    },
  });
  return () => {
    stop();
    canSayPresence.set(false);
    clearTimeout(gathering);
    clearTimeout(counting);
  };
}
