// What the first screen of the desk says in this language, as one chunk; see rooms.ts for the others.
import caseTexts from './case.json';
import common from './common.json';
import queue from './queue.json';
import signin from './signin.json';

export default { common, signin, queue, case: caseTexts };
