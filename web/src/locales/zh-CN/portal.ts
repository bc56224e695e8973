// Every text of the portal in this language, as one chunk.
import common from './portal.json';

export default { common };
