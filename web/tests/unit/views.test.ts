import { describe, expect, it, vi } from 'vitest';
import { asked, queueSearch } from '../../src/desk/features/queue/views';

// Days are read by the formats of a language, which is the browser's where none was chosen.
vi.stubGlobal('navigator', { languages: ['zh-CN'] });

describe('an address of the queue', () => {
  it('keeps what is known and drops the rest', () =>
    expect(queueSearch({ view: 'mine', kind: 'repair', x: '1', sort: 'sideways' })).toEqual({ view: 'mine', kind: 'repair' }));
  it('asks for open cases without a view', () => expect(asked({}, 1)).toEqual({ open: true }));
  it('asks for all cases of an order', () => expect(asked({ order: 'order_1' }, 1)).toEqual({ order: 'order_1' }));
  it('drops days that are none', () => expect(queueSearch({ opened_from: 'soon', due_before: '2026-11-28' })).toEqual({ due_before: '2026-11-28' }));
  it('asks for a last day with all of itself', () => {
    const { opened_from: from, opened_until: until } = asked({ opened_from: '2026-11-28', opened_until: '2026-11-28' }, 1);
    expect(Date.parse(until!) - Date.parse(from!)).toBe(86_400_000);
  });
  it('asks by the amount that counts as high', () => expect(asked({ view: 'high_value' }, 500)).toEqual({ open: true, value_from_minor: 500 }));
});
