// Every view has its own address behind the `#`: it survives a reload, and the server needs no rule for it.
import { useSyncExternalStore } from 'react';
import { takeLink } from './session';

export type Route =
  | { view: 'order' }
  | { view: 'enter' }
  | { view: 'apply' }
  | { view: 'opt-out' }
  | { view: 'case'; id: string; action?: string }
  | { view: 'nowhere' };

export function routeOf(hash: string): Route {
  const [view = '', id, action] = hash.replace(/^#\/?/, '').split('/');
  if (view === '') return { view: 'order' };
  if (view === 'enter' || view === 'apply' || view === 'opt-out') return { view };
  if (view === 'cases' && id) return action ? { view: 'case', id, action } : { view: 'case', id };
  return { view: 'nowhere' };
}

export const toCase = (id: string, action?: string) => `#/cases/${id}${action ? `/${action}` : ''}`;

function subscribe(changed: () => void) {
  // A link opened in a page that is already there changes the fragment alone.
  const follow = () => {
    takeLink();
    changed();
  };
  window.addEventListener('hashchange', follow);
  return () => window.removeEventListener('hashchange', follow);
}

export const useRoute = () => routeOf(useSyncExternalStore(subscribe, () => window.location.hash));

/** Goes to another view; `replace` leaves no step back to this one. */
export function go(hash: string, replace = false) {
  if (replace) window.location.replace(hash);
  else window.location.hash = hash;
}
