import i18next from 'i18next';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import common from '../../src/locales/zh-CN/common.json';
import facts from '../../src/locales/zh-CN/facts.json';

vi.mock('../../src/lib/i18n', () => ({ language: () => 'zh-CN' }));
const { age, digitsOf, forForm, inShopTime, length, minorOf, money, setTimeZone, span, urgency } = await import('../../src/lib/format');
const { actualValue, comparison } = await import('../../src/lib/condition');

const HOUR = 3_600_000;
const reasons = new Map([['quality', '商品质量问题'], ['damaged', '运输途中破损']]);

beforeAll(async () => {
  await i18next.init({ lng: 'zh-CN', defaultNS: 'common', resources: { 'zh-CN': { common, facts } }, interpolation: { escapeValue: false } });
  setTimeZone('Asia/Shanghai');
});

describe('money', () => {
  it('is written with its sign and its digits', () => expect(money({ minor: 52192, currency: 'CNY' })).toBe('¥521.92'));
  it('has no digits where a currency has none', () => expect(digitsOf('JPY')).toBe(0));
  it('turns what was typed into minor units without a remainder', () => expect(minorOf(19.99, 'CNY')).toBe(1999));
});

describe('a length of time', () => {
  const check = (ms: number, expected: string) => expect(span(ms)).toBe(expected);
  it('is counted in seconds below two days', () => check(47 * HOUR + 59 * 60_000 + 59_000, '47:59:59'));
  it('is counted in days and hours from two days on', () => check(51 * HOUR, '2 天 3 小时'));
  it('is positive when it is past', () => check(-90_000, '00:01:30'));
  it('is rough when it is an age', () => expect(age(50 * HOUR)).toBe('2 天'));
  it('is written as policies write it', () => expect(['48h', '10d', '3wd', '2wh', 'x'].map(length)).toEqual(['48 小时', '10 天', '3 个工作日', '2 个工作小时', 'x']));
  it('presses below two hours', () => expect([-1, HOUR, 3 * HOUR, 30 * HOUR].map(urgency)).toEqual(['overdue', 'soon', 'today', 'later']));
});

describe('a moment of a form', () => {
  const check = (zone: string, written: string, instant: string) => {
    setTimeZone(zone);
    expect(inShopTime(written)).toBe(instant);
    expect(forForm(Date.parse(instant))).toBe(written);
  };
  it('is read on the shop’s clock', () => check('Asia/Shanghai', '2026-11-28T18:00', '2026-11-28T10:00:00.000Z'));
  it('is read right before clocks change', () => check('Europe/Berlin', '2026-03-29T01:30', '2026-03-29T00:30:00.000Z'));
  it('is read right after clocks change', () => check('Europe/Berlin', '2026-03-29T03:30', '2026-03-29T01:30:00.000Z'));
});

describe('a condition', () => {
  const check = (condition: string, expected: string) => expect(comparison(condition, reasons)).toBe(expected);
  it('keeps the sign of a figure', () => check('days_since_receipt <= 15d', '签收后天数 ≤ 15 天'));
  it('names reasons by their titles', () => check('reason in [quality, damaged]', '原因属于 商品质量问题、运输途中破损'));
  it('says yes or no of a flag', () => check('goods_intact = true', '商品完好：是'));
  it('writes amounts as money', () => check('goods_value <= 300.00 CNY', '商品金额 ≤ ¥300.00'));
  it('stands as it is when it is no comparison', () => check('whatever', 'whatever'));
  it('has its value in the same words', () => expect(actualValue('reason = quality', 'damaged', reasons)).toBe('运输途中破损'));
});
