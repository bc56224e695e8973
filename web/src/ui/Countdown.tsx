import type { PointerEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { momentFull, span, urgency } from '../lib/format';
import { useNow } from '../lib/clock';

/** The full moment, written when somebody points at it: formatting dozens at every scroll costs most of it. */
export function showMoment(event: PointerEvent<HTMLTimeElement>) {
  const { currentTarget } = event;
  currentTarget.title = momentFull(currentTarget.dateTime);
}

/** Time left to an end, ticking; what is past says so and counts on. */
export function Countdown({ dueAt }: { dueAt: string }) {
  const { t } = useTranslation();
  const due = Date.parse(dueAt);
  // One subscription for both: how pressing it is, then the text.
  const [state, text] = useNow((now) => `${urgency(due - now)}|${span(due - now)}`).split('|') as [string, string];
  return (
    <time className="countdown" dateTime={dueAt} data-urgency={state} onPointerEnter={showMoment}>
      {state === 'overdue' ? t('span.overdue', { span: text }) : text}
    </time>
  );
}
