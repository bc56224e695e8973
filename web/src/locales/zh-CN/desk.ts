// Every text of the desk in this language, as one chunk.
import caseTexts from './case.json';
import common from './common.json';
import queue from './queue.json';
import signin from './signin.json';

export default { common, signin, queue, case: caseTexts };
