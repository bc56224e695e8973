import { useTranslation } from 'react-i18next';
import { moment } from '../../lib/format';
import { ClockRing } from '../../ui/ClockRing';
import { Countdown } from '../../ui/Countdown';
import type { Case } from '../buyer';

/** Who must act by when, and what happens otherwise: the buyer's own first, then by their end. */
export function Clocks({ clocks }: Pick<Case, 'clocks'>) {
  const { t } = useTranslation('portal_case');
  if (clocks.length === 0) return null;
  return (
    <ul className="clocks">
      {clocks.toSorted((a, b) => Number(b.owner === 'buyer') - Number(a.owner === 'buyer')).map((one) => (
        <li key={one.clock} data-owner={one.owner}>
          <ClockRing startedAt={one.started_at} dueAt={one.due_at} />
          <span className="grow">
            <span className="clock-title"><b>{t(`clock.${one.clock}`)}</b><Countdown dueAt={one.due_at} /></span>
            <span>{t('due', { who: t(`owner.${one.owner}`), at: moment(one.due_at) })}</span>
            <small className="muted">{t([`expiry_of.${one.clock}`, `expiry.${one.on_expiry}`])}</small>
          </span>
        </li>
      ))}
    </ul>
  );
}
