import { describe, expect, it } from 'vitest';
import type { Entry } from '../../src/api/queries';
import { itemsOf, type Shown } from '../../src/desk/features/case/timeline/groups';

const BUYER = { kind: 'buyer', id: 'b' };
const AGENT = { kind: 'person', id: 'p', role: 'agent' };

const entry = (seq: number, type: string, more: { at?: string; actor?: object; text?: string; data?: object } = {}) =>
  ({ seq, type, at: more.at ?? '2026-11-28T10:00:00Z', actor: more.actor ?? BUYER, text: more.text, data: more.data ?? {} }) as unknown as Entry;

function check(entries: Entry[], shown: Shown, expected: string[]) {
  const told = itemsOf(entries, shown, (at) => at.slice(0, 10)).map((item) =>
    item.kind === 'said' ? `${item.voice}: ${item.entry.text}` : item.kind === 'day' ? item.day : item.entries.map(({ type }) => type).join('+'),
  );
  expect(told).toEqual(expected);
}

const message = entry(3, 'text_added', { actor: AGENT, text: '您好', data: { kind: 'message' } });
const note = entry(4, 'text_added', { actor: AGENT, text: '记一下', data: { kind: 'note' } });

describe('the timeline', () => {
  it('puts what one person did at once into one block', () =>
    check([entry(1, 'opened'), entry(2, 'clock_started')], 'all', ['2026-11-28', 'opened+clock_started']));
  it('parts blocks of different people', () =>
    check([entry(1, 'opened'), entry(2, 'assigned', { actor: AGENT })], 'all', ['2026-11-28', 'opened', 'assigned']));
  it('tells words apart by whose and for whom', () => check([message, note], 'all', ['2026-11-28', 'shop: 您好', 'note: 记一下']));
  it('shows a day once', () =>
    check([entry(1, 'opened'), entry(2, 'closed', { at: '2026-11-29T10:00:00Z' })], 'all', ['2026-11-28', 'opened', '2026-11-29', 'closed']));
  it('keeps words beside events in the talk', () =>
    check([entry(1, 'opened', { text: '坏了' }), entry(2, 'clock_started'), message], 'talk', ['2026-11-28', 'opened', 'shop: 您好']));
  it('leaves messages out of the record', () => check([entry(1, 'opened'), message], 'events', ['2026-11-28', 'opened']));
});
