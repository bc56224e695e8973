import { describe, expect, it, vi } from 'vitest';

vi.mock('../../src/lib/i18n', () => ({ language: () => 'zh-CN' }));
vi.stubGlobal('localStorage', { getItem: () => null, setItem: () => {}, removeItem: () => {} });
const { asksIntact, isProofless, lineageOf } = await import('../../src/portal/apply/rights');
const { amountOf, draftFrom, kindsAt, missing, reasonTree, wanted } = await import('../../src/portal/apply/request');
const { linkIn, orderOf } = await import('../../src/portal/session');
const { routeOf } = await import('../../src/portal/route');
const { actionsOf } = await import('../../src/portal/case/specs');
const { kindOf } = await import('../../src/portal/evidence/uploads');
type Order = import('../../src/portal/buyer').Order;

const right = (kinds: string[], when: object | string, proof: string) => ({ id: 'X', title: '', source: '', right: { kinds, when, proof, return_freight: 'buyer' } });
const order = {
  phase: 'delivered',
  paid: { minor: 19950, currency: 'CNY' },
  lines: [{ id: 'line_1', title: '', sku: '', units: 2, in_hand: 2, paid: { minor: 19950, currency: 'CNY' } }],
  reasons: [{ code: 'no_reason' }, { code: 'quality' }, { code: 'flawed', parent: 'quality' }],
  rights: [
    right(['return_and_refund'], { all: ['reason = no_reason', 'days_since_receipt <= 7d', 'goods_intact = true'] }, 'none'),
    right(['return_and_refund'], { any: [{ not: 'reason != quality' }, 'reason in [damaged]'] }, 'may_be_asked'),
  ],
} as unknown as Order;
const draft = (more: object) => ({ key: 'k', units: { line_1: 2 }, ...more });

describe('proof', () => {
  const check = (kind: string, reason: string, expected: boolean) => expect(isProofless(order, kind, reason)).toBe(expected);
  it('is not asked for a seven-day return', () => check('return_and_refund', 'no_reason', true));
  it('may be asked for a fault', () => check('return_and_refund', 'quality', false));
  it('may be asked for what stands below a fault', () => check('return_and_refund', 'flawed', false));
  it('may be asked where no right says otherwise', () => check('repair', 'no_reason', false));
  it('comes with whether goods are intact only where a right turns on it', () =>
    expect([asksIntact(order, 'return_and_refund', 'no_reason'), asksIntact(order, 'return_and_refund', 'flawed')]).toEqual([true, false]));
});

describe('reasons', () => {
  it('know the groups above them', () => expect(lineageOf('flawed', order.reasons)).toEqual(['flawed', 'quality']));
  it('are shown as groups and what is below the chosen one', () => {
    const { groups, below } = reasonTree(order.reasons, 'quality');
    expect([groups, below].map((list) => list.map(({ code }) => code))).toEqual([['no_reason', 'quality'], ['flawed']]);
  });
});

describe('a request', () => {
  const lacks = (more: object, expected: string[]) => expect(missing(draft(more), order)).toEqual(expected);
  it('says what it lacks', () => lacks({ units: {} }, ['lines', 'kind', 'reason']));
  it('needs an amount for a delivered thing’s trouble', () => lacks({ kind: 'compensation', reason: 'quality' }, ['amount']));
  it('needs words when it is a question', () => lacks({ kind: 'consultation', reason: 'quality', units: {} }, ['text']));
  it('needs to know whether goods are intact', () => lacks({ kind: 'return_and_refund', reason: 'no_reason' }, ['intact']));
  it('sends what was asked and nothing left over from another kind', () =>
    expect(wanted(draft({ kind: 'return_and_refund', reason: 'no_reason', intact: true, amount: '5', text: ' 好 ' }), order)).toEqual({
      kind: 'return_and_refund', reason: 'no_reason', lines: [{ line: 'line_1', units: 2 }], text: '好', goods_intact: true,
    }));
  it('sends an amount in minor units', () =>
    expect(wanted(draft({ kind: 'compensation', reason: 'quality', amount: '19.99' }), order).amount).toEqual({ minor: 1999, currency: 'CNY' }));
  it('reads only amounts above nothing', () => expect(['', '0', '-1', 'x', '1.5'].map(amountOf)).toEqual([undefined, undefined, undefined, undefined, 1.5]));
  it('of a former release is begun anew, with the only line chosen', () => expect(draftFrom('{"a":1}', order).units).toEqual({ line_1: 2 }));
  it('asks nothing back that has not arrived', () => expect(kindsAt('paid', true)).not.toContain('exchange'));
  it('is words alone when nothing is left', () => expect(kindsAt('delivered', false)).toEqual(['consultation', 'complaint']));
});

describe('an address', () => {
  it('holds the link behind its fragment', () => expect(linkIn('#link=v1.a.b.c.d')).toBe('v1.a.b.c.d'));
  it('is one for each view', () =>
    expect(['#/', '#/apply', '#/opt-out', '#/cases/case_1/withdraw', '#/x'].map(routeOf)).toEqual([{ view: 'order' }, { view: 'apply' }, { view: 'opt-out' }, { view: 'case', id: 'case_1', action: 'withdraw' }, { view: 'nowhere' }]));
  it('has its order in the token', () => expect(orderOf('v1.shop_1.order_1.5.x')).toBe('order_1'));
});

describe('actions', () => {
  it('are those of the service, the pressing ones first', () =>
    expect(actionsOf(['withdraw', 'ship_return', 'message', 'supply'], false, false)).toEqual({ onward: ['ship_return'], beside: ['withdraw'] }));
  it('make another waybill a correction', () => expect(actionsOf(['ship_return'], true, false)).toEqual({ onward: [], beside: ['ship_return'] }));
});

describe('a file', () => {
  it('is handed in as what it is', () => expect(['image/png', 'video/mp4', 'application/pdf'].map((type) => kindOf({ type }))).toEqual(['photo', 'video', 'other']));
});
