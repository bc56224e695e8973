// For roles that may not follow the stream of events: asks now and then what changed, and makes the
// same things stale. Slower, but nobody works on yesterday's list without knowing.
import type { QueryClient } from '@tanstack/react-query';
import { api, body } from '../api/client';
import { caseQuery, timelineQuery, type CaseSummary } from '../api/queries';

const EVERY_MS = 10_000;
const LOOKED_AT = 50;

interface Poller {
  onChanged: (cases: string[]) => void;
  onState: (state: 'polling' | 'lost') => void;
}

const mark = (row: CaseSummary) => `${row.terms} ${row.status} ${row.next_due_at}`;

export function pollShop(client: QueryClient, { onChanged, onState }: Poller): () => void {
  let known: Map<string, string> | undefined;
  async function ask() {
    if (document.hidden) return;
    try {
      const { cases } = await body(api.GET('/api/v1/cases', { params: { query: { sort: 'changed', limit: LOOKED_AT } } }));
      onState('polling');
      const now = new Map(cases.map((row) => [row.id, mark(row)]));
      const before = known;
      known = now;
      if (before) onChanged([...now].filter(([id, is]) => before.get(id) !== is).map(([id]) => id));
      // Messages change no terms, so what somebody looks at is read anew in any case.
      for (const query of client.getQueryCache().findAll({ type: 'active' })) {
        const [what, id] = query.queryKey as [string, string];
        if (what === 'case') void client.invalidateQueries({ queryKey: caseQuery(id).queryKey, exact: true });
        if (what === 'timeline') void client.invalidateQueries({ queryKey: timelineQuery(id).queryKey });
      }
    } catch {
      onState('lost');
    }
  }
  const again = () => void ask();
  const timer = setInterval(again, EVERY_MS);
  window.addEventListener('online', again);
  window.addEventListener('offline', again);
  document.addEventListener('visibilitychange', again);
  again();
  return () => {
    clearInterval(timer);
    window.removeEventListener('online', again);
    window.removeEventListener('offline', again);
    document.removeEventListener('visibilitychange', again);
  };
}
