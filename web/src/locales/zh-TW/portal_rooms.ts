// The texts of applying, as a second chunk of the portal.
import portal_apply from './portal_apply.json';

export default { portal_apply };
