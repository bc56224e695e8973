import { describe, expect, it } from 'vitest';
import { conditionOf, kindOf, whenOf, type Clause, type Condition } from '../../src/desk/features/policy/terms';
import { lengthMs } from '../../src/lib/format';

const shape = (condition: Condition | undefined): unknown =>
  condition && (condition.kind === 'one' ? 1 : { [condition.kind]: condition.below.map(shape) });
const check = (raw: unknown, expected: unknown) => expect(shape(conditionOf(raw, new Map()))).toEqual(expected);

describe('what must hold', () => {
  it('is one comparison', () => check('repeats >= 1', 1));
  it('is a tree of them', () => check({ all: ['a = 1', { any: ['b = 2', { not: 'c = 3' }] }] }, { all: [1, { any: [1, { not: [1] }] }] }));
  it('is nothing where nothing is said', () => check(undefined, undefined));
  it('stands in the terms of a clause, whichever they are', () => {
    const clause = { id: 'LVL', title: '', source: '', level: { when: 'repeats >= 1' } } as unknown as Clause;
    expect([kindOf(clause), whenOf(clause)]).toEqual(['level', 'repeats >= 1']);
  });
});

describe('a length to compare with', () => {
  it('counts hours and days', () => expect([lengthMs('2h'), lengthMs('3d'), lengthMs('1wd')]).toEqual([7_200_000, 259_200_000, 86_400_000]));
  it('is nothing where it cannot be read', () => expect(lengthMs('soon')).toBe(0));
});
