// A grid for long lists. Ours and not antd's, whose virtual table hides its rows from assistive
// technology: here every drawn row is a row, says its place among all, and can be read and chosen.
import { useVirtualizer } from '@tanstack/react-virtual';
import { memo, useEffect, useRef, type ReactNode } from 'react';
import { Check } from '../Check';
import './grid.css';

export interface Column<R> {
  key: string;
  title: string;
  /** As CSS grids have it: `96px`, `minmax(120px, 1fr)`. */
  width: string;
  align?: 'right';
  cell: (row: R) => ReactNode;
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

const ROW_PX = 38;
const OVERSCAN = 4;
const NEAR_END = 40;
const SELECT_WIDTH = '40px';

export function Grid<R>(props: Props<R>) {
  const { rows, columns, total, idOf, focused, selected, onNearEnd } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_PX,
    overscan: OVERSCAN,
    getItemKey: (index) => idOf(rows[index]!),
  });
  const items = virtual.getVirtualItems();
  const lastDrawn = items.at(-1)?.index ?? 0;
  useEffect(() => {
    if (rows.length > 0 && lastDrawn >= rows.length - NEAR_END) onNearEnd();
  }, [lastDrawn, rows.length, onNearEnd]);

  const focusedIndex = focused === undefined ? -1 : rows.findIndex((row) => idOf(row) === focused);
  useEffect(() => {
    if (focusedIndex >= 0) virtual.scrollToIndex(focusedIndex, { align: 'auto' });
    // Follows the focus alone: a list that grows must not jump back.
  }, [focused]); // oxlint-disable-line react-hooks/exhaustive-deps

  const template = [SELECT_WIDTH, ...columns.map(({ width }) => width)].join(' ');
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
      <div role="rowgroup" style={{ height: virtual.getTotalSize(), position: 'relative' }}>
        {items.map((item) => {
          const row = rows[item.index]!;
          const id = idOf(row);
          return (
            <Row
              // A row that scrolls out lends its elements to one that scrolls in.
              key={item.index % items.length}
              id={id}
              name={props.nameOf(row)}
              row={row}
              index={item.index}
              top={item.start}
              template={template}
              columns={columns as Column<unknown>[]}
              focused={id === focused}
              selected={selected.has(id)}
              selectLabel={props.selectLabel}
              onHover={props.onHover}
              onOpen={props.onOpen}
              onSelect={props.onSelect}
            />
          );
        })}
      </div>
    </div>
  );
}

interface RowProps extends Pick<Props<unknown>, 'selectLabel' | 'onHover' | 'onOpen' | 'onSelect'> {
  id: string;
  name: string;
  row: unknown;
  index: number;
  top: number;
  template: string;
  columns: Column<unknown>[];
  focused: boolean;
  selected: boolean;
}

const Row = memo(function Row(props: RowProps) {
  const { id, row, columns, selected, focused } = props;
  return (
    // Keys are the grid's: it holds the focus and names the active row.
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events
    <div
      id={`row-${id}`}
      className="grid-row"
      role="row"
      tabIndex={-1}
      aria-rowindex={props.index + 2}
      aria-selected={selected}
      data-focused={focused || undefined}
      style={{ gridTemplateColumns: props.template, transform: `translateY(${props.top}px)` }}
      onMouseEnter={() => props.onHover(id)}
      onClick={() => props.onOpen(id)}
    >
      {/* oxlint-disable-next-line jsx-a11y/click-events-have-key-events */}
      <span role="gridcell" tabIndex={-1} onClick={(event) => event.stopPropagation()}>
        <Check
          label={props.selectLabel(props.name)}
          tabIndex={-1}
          checked={selected}
          onChange={(event) => props.onSelect(id, (event.nativeEvent as MouseEvent).shiftKey)}
        />
      </span>
      {columns.map((column) => (
        <span key={column.key} role="gridcell" className={column.align}>
          {column.cell(row)}
        </span>
      ))}
    </div>
  );
});
