// What somebody is writing, kept over a reload, a lost session and a switch of case.
import { useEffect, useState } from 'react';

const key = (name: string) => `amends.draft.${name}`;

export function draftOf(name: string): string {
  try {
    return localStorage.getItem(key(name)) ?? '';
  } catch {
    return '';
  }
}

export function keepDraft(name: string, text: string) {
  try {
    if (text) localStorage.setItem(key(name), text);
    else localStorage.removeItem(key(name));
  } catch {
    // Without storage the draft lives as long as the page.
  }
}

/** The parts of a form that were filled in before a reload; a broken draft is none. */
export function keptAs<T>(text: string): Partial<T> {
  try {
    return JSON.parse(text || '{}') as Partial<T>;
  } catch {
    return {};
  }
}

const CHANGED = 'amends:draft';

/** Puts words before what is being written, for whoever has it open. */
export function addToDraft(name: string, words: string) {
  keepDraft(name, [words, draftOf(name)].filter(Boolean).join('\n'));
  window.dispatchEvent(new CustomEvent(CHANGED));
}

/** A text that survives. `name` says whose it is: one for each case and kind. */
export function useDraft(name: string): [string, (text: string) => void] {
  const [held, setHeld] = useState(() => ({ name, text: draftOf(name) }));
  const current = held.name === name ? held : { name, text: draftOf(name) };
  useEffect(() => {
    const read = () => setHeld({ name, text: draftOf(name) });
    window.addEventListener(CHANGED, read);
    return () => window.removeEventListener(CHANGED, read);
  }, [name]);
  return [
    current.text,
    (text) => {
      keepDraft(name, text);
      setHeld({ name, text });
    },
  ];
}
