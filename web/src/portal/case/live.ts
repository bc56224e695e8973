// A case as its buyer sees it, followed live: what comes by the stream is appended to what was read, and
// the case itself is read anew.
import { useEffect, useState } from 'react';
import { followEvents, type Connection } from '../../api/sse';
import { serverClock } from '../../lib/clock';
import { bearer, readCase, readEvidence, readOrder, readTimeline, type Entry } from '../buyer';
import { useLoaded } from '../load';
import { sendWaiting } from './pending';

const GATHER_MS = 120;

export async function readAll(id: string) {
  const [order, data, entries, evidence] = await Promise.all([readOrder(), readCase(id), readTimeline(id), readEvidence(id)]);
  return { order, data, entries, evidence };
}

export function useCase(id: string) {
  const loaded = useLoaded(id, () => readAll(id));
  const [connection, setConnection] = useState<Connection>('connecting');
  const { reload } = loaded;
  // Where the stream begins: what was read first. From then on it keeps its own place.
  const [start, setStart] = useState<number>();
  const read = loaded.data?.entries.at(-1)?.seq ?? 0;
  if (start === undefined && loaded.data) setStart(read);

  useEffect(() => {
    if (start === undefined) return;
    let gathering: ReturnType<typeof setTimeout> | undefined;
    const stop = followEvents({
      path: `/api/v1/buyer/cases/${id}/stream?after=${start}`,
      headers: bearer(),
      onMessage: (_name, data) => {
        serverClock.atLeast(Date.parse((data as Entry).at));
        // Several events come of one command; they are read together.
        gathering ??= setTimeout(() => {
          gathering = undefined;
          void reload();
        }, GATHER_MS);
      },
      onState: (state, resumed) => {
        setConnection(state);
        if (state === 'live') sendWaiting(id);
        // What changes without an event of the buyer's, a clock that moved, is read after a gap.
        if (state === 'live' && resumed) void reload();
      },
    });
    return () => {
      clearTimeout(gathering);
      stop();
    };
  }, [id, start, reload]);
  return { ...loaded, connection };
}
