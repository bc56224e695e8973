// Every text of the desk in this language, as one chunk.
import caseTexts from './case.json';
import common from './common.json';
import facts from './facts.json';
import queue from './queue.json';
import signin from './signin.json';

export default { common, facts, signin, queue, case: caseTexts };
