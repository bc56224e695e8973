// The texts of the rooms beside queue and case, as a second chunk.
import actions from './actions.json';
import board from './board.json';
import buyer from './buyer.json';
import care from './care.json';
import facts from './facts.json';
import followups from './followups.json';
import mails from './mails.json';
import order from './order.json';
import policy from './policy.json';
import reviews from './reviews.json';
import settings from './settings.json';
import visits from './visits.json';
import warranty from './warranty.json';

export default { actions, board, buyer, care, facts, followups, mails, order, policy, reviews, settings, visits, warranty };
