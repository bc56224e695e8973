// Every text of the desk in this language, as one chunk.
import board from './board.json';
import caseTexts from './case.json';
import common from './common.json';
import facts from './facts.json';
import followups from './followups.json';
import mails from './mails.json';
import policy from './policy.json';
import queue from './queue.json';
import settings from './settings.json';
import signin from './signin.json';

export default { common, facts, signin, queue, case: caseTexts, board, followups, mails, policy, settings };
