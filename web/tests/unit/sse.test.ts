import { describe, expect, it } from 'vitest';
import { fieldsOf } from '../../src/api/sse';

function check(message: string, expected: Record<string, string>) {
  expect(Object.fromEntries(fieldsOf(message))).toEqual(expected);
}

describe('a message of the stream', () => {
  it('has its fields by name', () => check('id: 7-0\nevent: opened\ndata: {"a":1}', { id: '7-0', event: 'opened', data: '{"a":1}' }));
  it('keeps colons of its data', () => check('data: a: b', { data: 'a: b' }));
  it('joins data over several lines', () => check('data: a\ndata: b', { data: 'a\nb' }));
  it('is empty when it is a heartbeat', () => check(':', {}));
});
