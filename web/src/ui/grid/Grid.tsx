// A grid for long lists. Ours and not antd's, whose virtual table hides its rows from assistive
// technology: here every drawn row is a row, says its place among all, and can be read and chosen.
import { useCallback, useEffect, useEffectEvent, useLayoutEffect, useMemo, useRef, type MouseEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { Check } from '../Check';
import { Painter, ROW_PX, showTitle, type Cell, type Line } from './painter';
import './grid.css';

export type { Cell } from './painter';

export interface Column<R> {
  key: string;
  title: string;
  /** As CSS grids have it: `96px`, `minmax(120px, 1fr)`. */
  width: string;
  /** `elastic`: it gives way, and its text is cut where it is too long; each cut costs at every frame. */
  align?: 'right' | 'elastic';
  cell: (row: R) => Cell;
}

interface Props<R> {
  label: string;
  columns: Column<R>[];
  rows: R[];
  /** How many there are in all, drawn or not. */
  total: number;
  idOf: (row: R) => string;
  nameOf: (row: R) => string;
  focused: string | undefined;
  selected: ReadonlySet<string>;
  selectLabel: (name: string) => string;
  selectAllLabel: string;
  onHover: (id: string) => void;
  onOpen: (id: string) => void;
  onSelect: (id: string, range: boolean) => void;
  onSelectAll: (all: boolean) => void;
  /** The end of the rows comes near. */
  onNearEnd: () => void;
}

const NEAR_END = 40;
const SELECT_WIDTH = '40px';
const HEAD_PX = 34;

const rowOf = (event: MouseEvent) => (event.target as Element).closest<HTMLElement>('.grid-row');

export function Grid<R extends object>(props: Props<R>) {
  const { rows, columns, total, idOf, nameOf, focused, selected, selectLabel, onNearEnd } = props;
  const { t } = useTranslation();
  const scroller = useRef<HTMLDivElement>(null);
  const body = useRef<HTMLDivElement>(null);
  const painter = useRef<Painter>(undefined);
  const drawn = useEffectEvent((last: number) => {
    if (rows.length > 0 && last >= rows.length - NEAR_END) onNearEnd();
  });

  // Each row's texts are made once, when it first comes into view.
  const lines = useMemo(() => new WeakMap<R, Line>(), [columns, selectLabel]); // oxlint-disable-line react-hooks/exhaustive-deps
  const lineAt = useCallback(
    (index: number) => {
      const row = rows[index]!;
      const known = lines.get(row);
      if (known) return known;
      const made = { id: idOf(row), selectLabel: selectLabel(nameOf(row)), cells: columns.map(({ cell }) => cell(row)) };
      lines.set(row, made);
      return made;
    },
    [rows, lines, columns, idOf, nameOf, selectLabel],
  );
  const template = [SELECT_WIDTH, ...columns.map(({ width }) => width)].join(' ');

  useLayoutEffect(() => {
    const made = new Painter(scroller.current!, body.current!, (last) => drawn(last));
    painter.current = made;
    return () => made.stop();
  }, []);
  useLayoutEffect(() => {
    painter.current!.show({
      count: rows.length,
      lineAt,
      template,
      aligned: columns.map(({ align }) => align),
      focused,
      selected,
      overdue: (span) => t('span.overdue', { span }),
    });
  }, [rows, lineAt, template, columns, focused, selected, t]);

  const focusedIndex = focused === undefined ? -1 : rows.findIndex((row) => idOf(row) === focused);
  useEffect(() => {
    const element = scroller.current!;
    if (focusedIndex < 0) return;
    const top = focusedIndex * ROW_PX;
    if (top < element.scrollTop) element.scrollTop = top;
    const bottom = top + ROW_PX + HEAD_PX - element.clientHeight;
    if (bottom > element.scrollTop) element.scrollTop = bottom;
    // Follows the focus alone: a list that grows must not jump back.
  }, [focused]); // oxlint-disable-line react-hooks/exhaustive-deps

  function pointed(event: MouseEvent) {
    const row = rowOf(event);
    if (!row) return;
    props.onHover(row.dataset['id']!);
    const cell = (event.target as Element).closest<HTMLElement>('[role=gridcell]');
    const at = cell ? [...row.children].indexOf(cell) - 1 : -1;
    if (at >= 0) showTitle(lineAt(Number(row.ariaRowIndex) - 2).cells[at]!, cell!);
  }
  function pressed(event: MouseEvent) {
    const row = rowOf(event);
    if (!row) return;
    const id = row.dataset['id']!;
    const chosen = (event.target as Element).closest('[role=gridcell]') === row.firstElementChild;
    if (!chosen) props.onOpen(id);
    else if (event.target instanceof HTMLInputElement) props.onSelect(id, event.shiftKey);
  }
  const allSelected = rows.length > 0 && selected.size >= Math.min(rows.length, 200);
  return (
    <div
      className="grid"
      role="grid"
      tabIndex={0}
      aria-label={props.label}
      aria-rowcount={total + 1}
      aria-colcount={columns.length + 1}
      aria-multiselectable="true"
      aria-activedescendant={focusedIndex >= 0 ? `row-${focused}` : undefined}
      ref={scroller}
    >
      <div className="grid-head" role="row" aria-rowindex={1} style={{ gridTemplateColumns: template }}>
        <span role="columnheader">
          <Check
            label={props.selectAllLabel}
            checked={allSelected}
            partly={selected.size > 0 && !allSelected}
            onChange={(event) => props.onSelectAll(event.target.checked)}
          />
        </span>
        {columns.map((column) => (
          <span key={column.key} role="columnheader" className={column.align}>
            {column.title}
          </span>
        ))}
      </div>
      <div role="presentation" className="grid-length" style={{ height: rows.length * ROW_PX }}>
        {/* Keys are the grid's: it holds the focus and names the active row. */}
        {/* oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/mouse-events-have-key-events, jsx-a11y/no-noninteractive-element-interactions */}
        <div ref={body} role="rowgroup" onClick={pressed} onMouseOver={pointed} />
      </div>
    </div>
  );
}
