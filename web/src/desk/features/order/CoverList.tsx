import { useTranslation } from 'react-i18next';
import type { Schema } from '../../../api/client';
import { dayOf, lastDayOf, money } from '../../../lib/format';
import { Chip } from '../../../ui/Chip';

/** Covers with when they hold and what is left of them. */
export function CoverList({ covers }: { covers: Schema['CoverViewDto'][] }) {
  const { t } = useTranslation('warranty');
  return (
    <ul className="plain-list">
      {covers.map((cover) => (
        <li key={cover.id}>
          <div className="row">
            <b className="grow">{cover.name}</b>
            <Chip tone={cover.usable ? 'green' : 'grey'}>{t(cover.usable ? 'cover.usable' : 'cover.unusable')}</Chip>
          </div>
          <p className="muted">
            {[
              t(`common:plan_kind.${cover.kind}`),
              cover.from ? t('cover.period', { from: dayOf(cover.from), until: cover.until ? lastDayOf(cover.until) : t('cover.open_end') }) : t('cover.not_begun'),
              cover.left && t('cover.left', { amount: money(cover.left) }),
              cover.insurer ?? cover.provider,
              cover.premium.minor > 0 ? t('cover.premium', { amount: money(cover.premium) }) : t('cover.given'),
            ].filter(Boolean).join(' · ')}
          </p>
        </li>
      ))}
    </ul>
  );
}
