// What a buyer can do, each as a small form. The names are the API's; what each is called stands in the
// catalogue under `action`. Messages, options, evidence and the rating have places of their own.
export interface FieldSpec {
  name: string;
  kind: 'line' | 'words' | 'moment' | 'yes' | 'money';
  optional?: true;
}

export interface Spec {
  route: string;
  fields: FieldSpec[];
  /** Decides something, so it says which terms were seen. */
  terms?: true;
  danger?: true;
}

const words = (optional?: true): FieldSpec => ({ name: 'text', kind: 'words', ...(optional ? { optional } : {}) });

export const SPECS: Record<string, Spec> = {
  ship_return: { route: 'ship-return', fields: [{ name: 'carrier', kind: 'line' }, { name: 'waybill', kind: 'line' }] },
  confirm_replacement: { route: 'confirm-replacement', fields: [] },
  confirm_arrival: { route: 'confirm-arrival', fields: [] },
  end_trial: { route: 'end-trial', terms: true, fields: [{ name: 'worked', kind: 'yes' }, words(true)] },
  renew: { route: 'renew', fields: [words(), { name: 'amount', kind: 'money', optional: true }] },
  book_pickup: { route: 'book-pickup', fields: [{ name: 'carrier', kind: 'line' }, { name: 'from', kind: 'moment' }, { name: 'until', kind: 'moment' }] },
  supply: { route: 'supply', fields: [{ name: 'goods_intact', kind: 'yes' }] },
  pass_up: { route: 'pass-up', fields: [words(true)] },
  submit_statement: { route: 'statements', fields: [words()] },
  appeal: { route: 'appeal', fields: [words()] },
  contest_abuse: { route: 'contest-abuse', fields: [words()] },
  intervention: { route: 'intervention', fields: [words(true)] },
  withdraw_intervention: { route: 'withdraw-intervention', fields: [] },
  withdraw: { route: 'withdraw', fields: [], danger: true },
  decline_offer: { route: 'decline-offer', terms: true, fields: [words(), { name: 'wish', kind: 'money', optional: true }] },
};

/** What moves the case on, the most pressing first; the first of them is the page's one primary action. */
const ONWARD = ['ship_return', 'confirm_replacement', 'confirm_arrival', 'end_trial', 'renew', 'submit_statement'];
const BESIDE = ['contest_abuse', 'book_pickup', 'supply', 'pass_up', 'intervention', 'appeal', 'withdraw_intervention', 'withdraw'];

export function actionsOf(next: readonly string[], isShipped: boolean, lacksIntact: boolean) {
  // Once a waybill is there, entering another one is a correction.
  const onward = ONWARD.filter((name) => next.includes(name) && !(name === 'ship_return' && isShipped));
  const beside = [...(isShipped ? ['ship_return'] : []), ...BESIDE].filter((name) => next.includes(name) && (name !== 'supply' || lacksIntact));
  return { onward, beside };
}
