// Every text of the portal in this language, as one chunk.
import facts from './facts.json';
import common from './portal.json';
import portal_apply from './portal_apply.json';
import portal_case from './portal_case.json';

export default { common, facts, portal_apply, portal_case };
