// Whether this browser has signed in. The session itself is a cookie that no script sees; without this
// note, every visit to the sign-in page would first ask in vain who is there.
import { store } from '../lib/store';

export const hasSession = store(false, 'amends.session');
