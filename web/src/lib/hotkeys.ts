// Keys of the desk. Off while somebody types or composes characters: a candidate chosen with `1` must
// not stage a remedy.
import { useEffect, useEffectEvent } from 'react';
import { tinykeys } from 'tinykeys';
import { store } from './store';

export type Keys = Record<string, (event: KeyboardEvent) => void>;

/** Keys that somebody changed for himself, each by the one it usually is. */
export const keymap = store<Record<string, string>>({}, 'amends.keys');
const SHIFTED = 'Shift+';

/** The key that somebody presses where this one is usual. */
export function keyOf(usual: string): string {
  if (usual.startsWith(SHIFTED)) return SHIFTED + keyOf(usual.slice(SHIFTED.length).toLowerCase()).toUpperCase();
  return keymap.get()[usual] ?? usual;
}

const TYPING = 'input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable=true]';

const isTyping = (event: KeyboardEvent) =>
  event.isComposing || event.keyCode === 229 || (event.target as Element | null)?.closest?.(TYPING) != null;

const dialogOpen = () => document.querySelector('dialog[open]') !== null;

/** Binds keys anew only when their names change; what they do is always the latest. */
function useBindings(keys: Keys, isOff: (event: KeyboardEvent) => boolean) {
  const run = useEffectEvent((name: string, event: KeyboardEvent) => {
    if (isOff(event)) return;
    event.preventDefault();
    keys[name]?.(event);
  });
  const names = Object.keys(keys).join('\n');
  useEffect(() => {
    const bindings = names.split('\n').map((name) => [name, (event: KeyboardEvent) => run(name, event)]);
    return tinykeys(window, Object.fromEntries(bindings) as Keys);
  }, [names]);
}

/** Single keys, as usual or as they were changed, while nobody types and no dialog is open. */
export function useHotkeys(keys: Keys) {
  keymap.use();
  const own = Object.fromEntries(Object.entries(keys).map(([usual, does]) => [keyOf(usual), does]));
  useBindings(own, (event) => isTyping(event) || dialogOpen());
}

/** Chords with a modifier, which work while typing too. */
export const useChords = (keys: Keys) => useBindings(keys, (event) => event.isComposing);

export const isMac = /mac/i.test(navigator.platform);
/** A chord as the keyboard in front of the reader has it. */
export const chord = (key: string) => (isMac ? `⌘${key}` : `Ctrl ${key}`);
