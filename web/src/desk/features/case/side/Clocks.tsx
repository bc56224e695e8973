import { exists } from 'i18next';
import { useTranslation } from 'react-i18next';
import type { Schema } from '../../../../api/client';
import { moment } from '../../../../lib/format';
import { ClockRing } from '../../../../ui/ClockRing';
import { Countdown } from '../../../../ui/Countdown';
import { ClauseMark } from '../ClauseMark';
import { Section } from './Section';

/** What happens at a clock's end when nobody acted, in words. */
export function useConsequence(): (clock: Schema['ClockDto']) => string {
  const { t } = useTranslation('case');
  return ({ clock, on_expiry }) => {
    // Where a clock's end means something of its own, it has a sentence of its own.
    const own = `case:consequence.${clock}.${on_expiry}`;
    return t(exists(own) ? own : `consequence.any.${on_expiry}`);
  };
}

/** Every running clock: how long, who must act, and what happens when nobody does. */
export function Clocks({ clocks }: { clocks: Schema['ClockDto'][] }) {
  const { t } = useTranslation('case');
  const consequenceOf = useConsequence();
  if (clocks.length === 0) return null;
  return (
    <Section name="clocks" title={t('section.clocks')}>
      <ul className="clocks">
        {clocks.map((clock) => {
          return (
            <li key={clock.clock + clock.started_at}>
              <ClockRing startedAt={clock.started_at} dueAt={clock.due_at} />
              <div className="grow">
                <div className="row">
                  <b className="grow">{t(`clock.${clock.clock}`)}</b>
                  <Countdown dueAt={clock.due_at} />
                </div>
                <p className="muted">
                  {t('clock_line', { owner: t(`owner.${clock.owner}`), due: moment(clock.due_at), consequence: consequenceOf(clock) })}{' '}
                  <ClauseMark id={clock.clause.id} title={`${clock.clause.title} · ${clock.clause.source}`} />
                </p>
              </div>
            </li>
          );
        })}
      </ul>
    </Section>
  );
}
