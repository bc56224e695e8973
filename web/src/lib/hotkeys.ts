// Keys of the desk. Off while somebody types or composes characters: a candidate chosen with `1` must
// not stage a remedy.
import { useEffect, useEffectEvent } from 'react';
import { tinykeys } from 'tinykeys';

export type Keys = Record<string, (event: KeyboardEvent) => void>;

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

/** Single keys, while nobody types and no dialog is open. */
export const useHotkeys = (keys: Keys) => useBindings(keys, (event) => isTyping(event) || dialogOpen());

/** Chords with a modifier, which work while typing too. */
export const useChords = (keys: Keys) => useBindings(keys, (event) => event.isComposing);

export const isMac = /mac/i.test(navigator.platform);
/** A chord as the keyboard in front of the reader has it. */
export const chord = (key: string) => (isMac ? `⌘${key}` : `Ctrl ${key}`);
