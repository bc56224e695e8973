// The audit names every command in words.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import actions from '../../src/locales/zh-CN/actions.json';
import settings from '../../src/locales/zh-CN/settings.json';

const NAMES = new URL('../../../crates/amends-store/src/commit/names.rs', import.meta.url);

describe('the audit', () => {
  it('has words for each command the service writes down', () => {
    const written = [...readFileSync(NAMES, 'utf8').matchAll(/Command::\w+[^=]*=> "(\w+)"/g)].map(([, name]) => name!);
    const inWords = (name: string) => (actions.action as Record<string, { title?: string }>)[name]?.title ?? (settings.command as Record<string, string>)[name];
    expect(written.length).toBeGreaterThan(40);
    expect(written.filter((name) => !inWords(name))).toEqual([]);
  });
});
