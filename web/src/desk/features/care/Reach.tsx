import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Schema } from '../../../api/client';
import { Chip } from '../../../ui/Chip';

/** How many are meant, how many get a mail, who is left out and why, and the first of them, masked. */
export function Reach({ reach }: { reach: Schema['CareReach'] }) {
  const { t } = useTranslation('care');
  const left = Object.entries(reach.left_out).toSorted(([, one], [, other]) => other - one);
  return (
    <section className="panel" aria-label={t('reach.title')}>
      <h2>{t('reach.title')}</h2>
      <p className="figures">
        <span><b>{reach.meant}</b> {t('reach.meant')}</span>
        <span><b>{reach.gets}</b> {t('reach.gets')}</span>
        {left.map(([why, count]) => (
          <span key={why} className="muted"><b>{count}</b> {t(`why.${why}` as 'why.capped')}</span>
        ))}
      </p>
      {!reach.is_whole && <p className="hint">{t('reach.part')}</p>}
      {reach.first.length > 0 && (
        <ul className="rows" aria-label={t('reach.first')}>
          {reach.first.map(({ buyer, identity, left_out }) => (
            <li key={buyer}>
              <Link className="row" to="/buyers/$buyerId" params={{ buyerId: buyer }}>
                <span className="grow ellipsis">
                  {identity.nickname || t('case:buyer.erased')} <span className="muted">{identity.phone}</span>
                </span>
                <Chip tone={left_out ? 'grey' : 'green'}>{left_out ? t(`why.${left_out}` as 'why.capped') : t('reach.one_gets')}</Chip>
              </Link>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
