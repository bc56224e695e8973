// Which rows are chosen. A range goes from the row chosen last.
import { useCallback, useRef, useState } from 'react';
import type { CaseSummary } from '../../../api/queries';

/** As many as one bulk action takes. */
export const MOST_SELECTED = 200;
const NONE: ReadonlySet<string> = new Set();

export function useSelection(rows: CaseSummary[]) {
  const [selected, setSelected] = useState(NONE);
  const anchor = useRef<string>(undefined);

  const toggle = useCallback(
    (id: string, range: boolean) =>
      setSelected((before) => {
        const next = new Set(before);
        const from = rows.findIndex((row) => row.id === anchor.current);
        const to = rows.findIndex((row) => row.id === id);
        if (range && from >= 0 && to >= 0) {
          for (const row of rows.slice(Math.min(from, to), Math.max(from, to) + 1)) next.add(row.id);
        } else if (!next.delete(id)) next.add(id);
        anchor.current = id;
        return new Set([...next].slice(0, MOST_SELECTED));
      }),
    [rows],
  );
  const selectAll = useCallback(
    (all: boolean) => setSelected(all ? new Set(rows.slice(0, MOST_SELECTED).map((row) => row.id)) : NONE),
    [rows],
  );
  const clear = useCallback(() => setSelected(NONE), []);
  return { selected, toggle, selectAll, clear };
}
