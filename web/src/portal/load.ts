// Reads something for a view and again when asked; what was there stays while it is read anew.
import { useCallback, useEffect, useRef, useState } from 'react';

export interface Loaded<T> {
  data: T | undefined;
  thrown: unknown;
  reload: () => Promise<void>;
}

export function useLoaded<T>(key: string, read: () => Promise<T>): Loaded<T> {
  const [held, setHeld] = useState<{ key: string; data?: T; thrown?: unknown }>({ key });
  const latest = useRef(read);
  useEffect(() => {
    latest.current = read;
  });
  // Answers may overtake each other: only the last one asked for counts.
  const asked = useRef(0);
  const reload = useCallback(async () => {
    asked.current += 1;
    const mine = asked.current;
    try {
      const data = await latest.current();
      if (mine === asked.current) setHeld({ key, data });
    } catch (thrown) {
      if (mine === asked.current) setHeld((before) => ({ ...(before.key === key ? before : { key }), thrown }));
    }
  }, [key]);
  useEffect(() => void reload(), [reload]);
  const current = held.key === key ? held : { key };
  return { data: current.data, thrown: current.thrown, reload };
}
