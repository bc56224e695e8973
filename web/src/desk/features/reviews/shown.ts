// Which reviews a list shows, by the name its address has.
import type { ReviewsAsked } from '../../../api/queries';

export const SHOWN = {
  unanswered: { unanswered: true },
  contact: { step: 'contact' },
  reply: { step: 'reply' },
  bad: { rating: 'bad' },
  unmatched: { step: 'match' },
  all: {},
} as const satisfies Record<string, ReviewsAsked>;

export interface ReviewSearch {
  show?: keyof typeof SHOWN;
  review?: string;
}
