import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { countsQuery, shopQuery } from '../../../api/queries';
import { money } from '../../../lib/format';
import { VIEWS, highValueOf, type View } from './views';

/** The saved views with how many open cases each has. */
export function ViewList({ current }: { current: View | undefined }) {
  const { t } = useTranslation('queue');
  const shop = useQuery(shopQuery).data;
  const from = highValueOf(shop);
  const counts = useQuery(countsQuery(from)).data;
  return (
    <nav className="views" aria-label={t('views')}>
      {VIEWS.map((view) => {
        const count = view === 'closed' ? undefined : counts?.[view];
        const loud = (view === 'overdue' || view === 'due_soon') && (count ?? 0) > 0;
        return (
          <Link key={view} to="/queue" search={{ view }} aria-current={view === current ? 'page' : undefined} data-view={view}>
            <span className="grow">
              {t(`common:view.${view}`)}
              {view === 'high_value' && shop && <small className="muted"> ≥ {money({ minor: from, currency: shop.currency })}</small>}
            </span>
            {count !== undefined && <span className={loud ? `views-${view}` : 'muted'}>{count}</span>}
          </Link>
        );
      })}
    </nav>
  );
}
