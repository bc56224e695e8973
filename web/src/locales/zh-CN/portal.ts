// What the portal says first in this language, as one chunk; what applying says comes with its page.
import facts from './facts.json';
import common from './portal.json';
import portal_case from './portal_case.json';

export default { common, facts, portal_case };
