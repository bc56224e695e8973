import { useTranslation } from 'react-i18next';
import { momentFull, span, urgency } from '../lib/format';
import { useNow } from '../lib/clock';

/** Time left to an end, ticking; what is past says so and counts on. */
export function Countdown({ dueAt }: { dueAt: string }) {
  const { t } = useTranslation();
  const due = Date.parse(dueAt);
  const text = useNow((now) => (due < now ? t('span.overdue', { span: span(due - now) }) : span(due - now)));
  const state = useNow((now) => urgency(due - now));
  return (
    <time className="countdown" dateTime={dueAt} data-urgency={state} title={momentFull(dueAt)}>
      {text}
    </time>
  );
}
