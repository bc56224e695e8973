// Which order this browser may look into: the token of a signed link, or of a redeemed code. It comes
// behind the `#`, so that no server on the way and no log sees it, and is taken out of the address at once.
import { store } from '../lib/store';

export const link = store<string>('', 'amends.link');

/** The order a token is for; what somebody types is kept under it. */
export const orderOf = (token: string) => token.split('.')[2] ?? '';

/** The token in a fragment such as `#link=v1.…`. */
export const linkIn = (hash: string) => new URLSearchParams(hash.replace(/^#/, '')).get('link');

/** The way out of care mail that stood in a letter: it opens this page alone, and is kept nowhere. */
export const wayOut = { token: '' };

export function takeLink() {
  const out = new URLSearchParams(window.location.hash.replace(/^#/, '')).get('opt-out');
  if (out !== null) {
    wayOut.token = out;
    window.history.replaceState(null, '', '#/opt-out');
    return;
  }
  const given = linkIn(window.location.hash);
  if (given === null) return;
  link.set(given);
  window.history.replaceState(null, '', '#/');
}

/** What the shop is called, once its order was read. */
export const shopName = store('');
