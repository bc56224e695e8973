import { useTranslation } from 'react-i18next';
import type { CaseDto } from '../../../../api/queries';
import { moment } from '../../../../lib/format';
import { useConsequence } from '../side/Clocks';

/** The timeline's other half: what comes when nobody does anything. */
export function Ahead({ data }: { data: CaseDto }) {
  const { t } = useTranslation('case');
  const consequenceOf = useConsequence();
  const moving = data.clocks.filter(({ on_expiry }) => on_expiry !== 'report');
  if (moving.length === 0) return null;
  return (
    <article className="happened" data-ahead>
      <header className="muted">{t('ahead')}</header>
      <ul>
        {moving.map((clock) => (
          <li key={clock.clock + clock.due_at} data-weight="quiet">
            {moment(clock.due_at)} · {t(`clock.${clock.clock}`)} · {consequenceOf(clock)}
          </li>
        ))}
      </ul>
    </article>
  );
}
