// Paints a grid's rows by hand. React draws the frame; a scroll then writes texts into elements that are
// there already: drawn by React, a jump through a long list cost twice as much. One subscription ticks them all.
import { everySecond, serverClock } from '../../lib/clock';
import { age, momentFull, span, urgency } from '../../lib/format';
import type { Tone } from '../Chip';

export interface Mark {
  text: string;
  tone: Tone;
}

/** What stands in one cell: a text, or something that ticks, or marks. */
export interface Cell {
  text?: string;
  look?: 'strong' | 'muted';
  /** Drawn as a mark of this colour. */
  tone?: Tone;
  title?: string;
  /** Time left to this end. */
  due?: string;
  /** Time gone since then. */
  since?: string;
  marks?: Mark[];
}

export interface Line {
  id: string;
  selectLabel: string;
  cells: Cell[];
}

export interface Picture {
  count: number;
  lineAt: (index: number) => Line;
  template: string;
  aligned: (string | undefined)[];
  focused: string | undefined;
  selected: ReadonlySet<string>;
  overdue: (span: string) => string;
}

export const ROW_PX = 38;
const OVERSCAN = 1;
const MINUTE_MS = 60_000;
const SCROLL_REST_MS = 120;

interface Slot {
  row: HTMLElement;
  check: HTMLInputElement;
  cells: HTMLElement[];
  line: Line | undefined;
  index: number;
  /** The age each cell shows, where it shows one. */
  minutes: (number | undefined)[];
}

export class Painter {
  private slots: Slot[] = [];
  private first = 0;
  private made = '';
  private height = 0;
  private picture: Picture | undefined;
  private resting: ReturnType<typeof setTimeout> | undefined;
  private readonly stopTicking: () => void;
  private readonly sizes: ResizeObserver;

  constructor(
    private readonly scroller: HTMLElement,
    private readonly body: HTMLElement,
    private readonly onDrawn: (last: number) => void,
  ) {
    this.sizes = new ResizeObserver(() => {
      this.height = scroller.clientHeight;
      this.paint();
    });
    this.sizes.observe(scroller);
    this.height = scroller.clientHeight;
    scroller.addEventListener('scroll', this.scrolled, { passive: true });
    this.stopTicking = everySecond(() => this.slots.forEach((slot) => slot.line && tick(slot, this.picture!)));
  }

  show(picture: Picture) {
    this.picture = picture;
    this.paint();
  }

  stop() {
    this.stopTicking();
    this.sizes.disconnect();
    this.scroller.removeEventListener('scroll', this.scrolled);
    clearTimeout(this.resting);
    this.body.replaceChildren();
  }

  // Rows that pass under a pointer that rests are not pointed at: telling them so was a sixth of a scroll.
  private readonly scrolled = () => {
    const { body } = this;
    clearTimeout(this.resting);
    body.style.pointerEvents = 'none';
    this.resting = setTimeout(() => (body.style.pointerEvents = ''), SCROLL_REST_MS);
    this.paint();
  };

  private readonly paint = () => {
    const { picture } = this;
    if (!picture) return;
    const top = this.scroller.scrollTop;
    const first = Math.max(0, Math.floor(top / ROW_PX) - OVERSCAN);
    const wanted = Math.min(picture.count, Math.ceil(this.height / ROW_PX) + 2 * OVERSCAN);
    this.prepare(wanted, picture);
    const last = Math.min(picture.count, first + wanted);
    this.rotate(Math.max(0, last - wanted));
    this.slots.forEach((slot, at) => place(slot, this.first + at, picture));
    this.onDrawn(last - 1);
  };

  /** Rows that scroll out at one end lend their elements to those that scroll in at the other. The rows lie
   *  in the page's own flow and are moved together: a transform for each cost a third of a jump. */
  private rotate(first: number) {
    const { slots, body } = this;
    const by = first - this.first;
    if (by === 0) return;
    this.first = first;
    // By a transform: what moves by its top counts as a shift of the layout.
    body.style.transform = `translateY(${first * ROW_PX}px)`;
    const leaving = by > 0 ? slots.slice(0, by) : slots.slice(by);
    if (leaving.length === slots.length) return;
    // An element that is moved loses the focus, and the keys with it.
    if (leaving.some(({ row }) => row.contains(document.activeElement))) this.scroller.focus({ preventScroll: true });
    const rows = leaving.map(({ row }) => row);
    const staying = slots.filter((slot) => !leaving.includes(slot));
    if (by > 0) body.append(...rows);
    else body.prepend(...rows);
    this.slots = by > 0 ? [...staying, ...leaving] : [...leaving, ...staying];
  }

  private prepare(wanted: number, picture: Picture) {
    const shape = `${wanted} ${picture.template}`;
    if (shape === this.made) return;
    this.made = shape;
    this.slots = Array.from({ length: wanted }, () => slotOf(picture));
    this.body.replaceChildren(...this.slots.map(({ row }) => row));
  }
}

function slotOf({ template, aligned }: Picture): Slot {
  const row = document.createElement('div');
  row.className = 'grid-row';
  row.setAttribute('role', 'row');
  row.tabIndex = -1;
  row.style.gridTemplateColumns = template;
  const check = document.createElement('input');
  check.type = 'checkbox';
  check.className = 'check';
  check.tabIndex = -1;
  const first = cellOf('');
  first.append(check);
  const cells = aligned.map((align) => cellOf(align ?? ''));
  row.append(first, ...cells);
  return { row, check, cells, line: undefined, index: -1, minutes: [] };
}

function cellOf(align: string) {
  const cell = document.createElement('span');
  cell.setAttribute('role', 'gridcell');
  if (align) cell.className = align;
  return cell;
}

function place(slot: Slot, index: number, picture: Picture) {
  const { row, check } = slot;
  const line = picture.lineAt(index);
  if (slot.index !== index) {
    slot.index = index;
    row.setAttribute('aria-rowindex', String(index + 2));
  }
  if (slot.line !== line) {
    const before = slot.line;
    slot.line = line;
    slot.minutes = [];
    row.id = `row-${line.id}`;
    row.dataset['id'] = line.id;
    check.setAttribute('aria-label', line.selectLabel);
    line.cells.forEach((cell, at) => fill(slot.cells[at]!, cell, before?.cells[at]));
    tick(slot, picture);
  }
  const selected = picture.selected.has(line.id);
  check.checked = selected;
  setAttribute(row, 'aria-selected', String(selected));
  row.toggleAttribute('data-focused', line.id === picture.focused);
}

function setAttribute(element: Element, name: string, value: string) {
  if (element.getAttribute(name) !== value) element.setAttribute(name, value);
}

const isMark = (cell: Cell) => cell.tone !== undefined;

/** Writes into the text that is there. Not where texts stand at the right: one of another length begins
 *  elsewhere, and a text that moves counts as a shift of the layout; a new one does not. */
function write(element: HTMLElement, text: string) {
  const { firstChild } = element;
  if (firstChild instanceof Text) {
    if (firstChild.data !== text) firstChild.data = text;
  } else element.textContent = text;
}

function fill(element: HTMLElement, cell: Cell, before: Cell | undefined) {
  if (cell === before) return;
  if (!cell.due && before?.due) delete element.dataset['urgency'];
  const look = cell.look ?? '';
  if ((before?.look ?? '') !== look) element.dataset['look'] = look;
  if (cell.due || cell.since) return;
  if (cell.marks) {
    element.replaceChildren(...cell.marks.map(markOf));
  } else if (isMark(cell)) {
    // The mark of the row before is as good as a new one.
    const kept = before && isMark(before) ? (element.firstElementChild as HTMLElement) : undefined;
    if (kept) {
      write(kept, cell.text ?? '');
      setAttribute(kept, 'data-tone', cell.tone!);
    } else element.replaceChildren(markOf({ text: cell.text ?? '', tone: cell.tone! }));
  } else if (element.className === 'right') element.textContent = cell.text ?? '';
  else write(element, cell.text ?? '');
}

function markOf({ text, tone }: Mark) {
  const mark = document.createElement('span');
  mark.className = 'chip';
  mark.dataset['tone'] = tone;
  mark.textContent = text;
  return mark;
}

/** Writes what time makes of a row, where that is another text than before. */
function tick({ cells, line, minutes }: Slot, { overdue }: Picture) {
  const now = serverClock.now();
  line!.cells.forEach((cell, at) => {
    const element = cells[at]!;
    if (cell.due) {
      const left = Date.parse(cell.due) - now;
      const state = urgency(left);
      write(element, state === 'overdue' ? overdue(span(left)) : span(left));
      setAttribute(element, 'data-urgency', state);
    } else if (cell.since) {
      // To the minute: putting it into words every second was half of what an idle queue cost.
      const gone = Math.floor((now - Date.parse(cell.since)) / MINUTE_MS);
      if (minutes[at] !== gone) write(element, age(gone * MINUTE_MS));
      minutes[at] = gone;
    }
  });
}

/** The full moment and the whole text, written when somebody points there: formatting them for every row
 *  would be paid at each scroll, and most are never read. */
export function showTitle(cell: Cell, element: HTMLElement) {
  const at = cell.due ?? cell.since;
  element.title = [at && momentFull(at), cell.title].filter(Boolean).join('\n');
}
