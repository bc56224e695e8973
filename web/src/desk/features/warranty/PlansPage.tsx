import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { Button, Segmented } from 'antd';
import { useTranslation } from 'react-i18next';
import { meQuery } from '../../../api/queries';
import { guidesQuery, plansQuery } from '../../../api/warranty';
import { Chip } from '../../../ui/Chip';
import { Empty } from '../../../ui/Empty';
import { ProblemNote } from '../../../ui/ProblemNote';
import { Figures } from './Figures';
import { GuideForm } from './GuideForm';
import { PlanForm } from './PlanForm';
import { LEADERS } from './roles';
import '../page.css';
import '../mails/mails.css';
import './warranty.css';

export interface PlansSearch {
  part?: 'guides' | 'figures';
  /** A plan, or `new`. */
  plan?: string;
  /** The product a guide is to, or `new`. */
  sku?: string;
}

const PARTS = ['plans', 'figures', 'guides'] as const;

/** What the shop offers beside its goods, what that came to, and the guides it sends ahead. */
export function PlansPage() {
  const { t } = useTranslation('warranty');
  const { part = 'plans' } = useSearch({ from: '/desk/plans' });
  const navigate = useNavigate();
  const role = useQuery(meQuery).data?.role;
  const isLed = role !== undefined && LEADERS.has(role);
  return (
    <div className="page">
      <header className="page-head">
        <h1>{t('title')}</h1>
        <Segmented aria-label={t('parts')} value={part} options={PARTS.map((value) => ({ value, label: t(`part.${value}`) }))} onChange={(next: (typeof PARTS)[number]) => void navigate({ to: '/plans', search: next === 'plans' ? {} : { part: next }, replace: true })} />
        <span className="grow" />
        {isLed && part !== 'figures' && (
          <Button type="primary" onClick={() => void navigate({ to: '/plans', search: part === 'guides' ? { part, sku: 'new' } : { plan: 'new' } })}>{t(part === 'guides' ? 'guide.new' : 'new')}</Button>
        )}
      </header>
      {part === 'plans' && <Plans isLed={isLed} />}
      {part === 'figures' && <Figures />}
      {part === 'guides' && <Guides isLed={isLed} />}
    </div>
  );
}

function Plans({ isLed }: { isLed: boolean }) {
  const { t } = useTranslation('warranty');
  const { plan } = useSearch({ from: '/desk/plans' });
  const navigate = useNavigate();
  const query = useQuery(plansQuery);
  const plans = query.data?.plans ?? [];
  const current = plan ?? plans[0]?.id;
  const known = plans.find(({ id }) => id === current);
  const show = (id: string) => void navigate({ to: '/plans', search: { plan: id } });
  if (query.error) return <div className="page-body"><ProblemNote thrown={query.error} onRetry={() => void query.refetch()} /></div>;
  if (query.data && !current) return <Empty title={t('none')} hint={t('none_hint')} />;
  return (
    <div className="mails">
      <nav aria-label={t('part.plans')}>
        <ul>
          {plans.map((one) => (
            <li key={one.id}>
              <button type="button" aria-current={one.id === current || undefined} onClick={() => show(one.id)}>
                <b className="ellipsis">{one.name}</b>
                <span className="row muted">
                  <span className="grow ellipsis">{t(`common:plan_kind.${one.kind}`)} · {one.provider}</span>
                  <Chip tone={one.ended ? 'grey' : 'green'}>{t(one.ended ? 'ended' : 'sold')}</Chip>
                </span>
              </button>
            </li>
          ))}
        </ul>
      </nav>
      {current === 'new' && <PlanForm key="new" isLed={isLed} onSaved={show} />}
      {known && <PlanForm key={`${known.id} ${known.version}`} plan={known} isLed={isLed} onSaved={show} />}
    </div>
  );
}

function Guides({ isLed }: { isLed: boolean }) {
  const { t } = useTranslation('warranty');
  const { sku } = useSearch({ from: '/desk/plans' });
  const navigate = useNavigate();
  const query = useQuery(guidesQuery);
  const guides = query.data?.guides ?? [];
  const current = sku ?? guides[0]?.sku;
  const known = guides.find((one) => one.sku === current);
  const show = (of?: string) => void navigate({ to: '/plans', search: { part: 'guides', ...(of && { sku: of }) } });
  if (query.error) return <div className="page-body"><ProblemNote thrown={query.error} onRetry={() => void query.refetch()} /></div>;
  if (query.data && !current) return <Empty title={t('guide.none')} hint={t('guide.none_hint')} />;
  return (
    <div className="mails">
      <nav aria-label={t('part.guides')}>
        <ul>
          {guides.map((one) => (
            <li key={one.sku}>
              <button type="button" aria-current={one.sku === current || undefined} onClick={() => show(one.sku)}>
                <b className="ellipsis">{one.title}</b>
                <span className="muted">{one.sku}</span>
              </button>
            </li>
          ))}
        </ul>
      </nav>
      {current === 'new' && <GuideForm key="new" isLed={isLed} onDone={show} />}
      {known && <GuideForm key={`${known.sku} ${known.version}`} guide={known} isLed={isLed} onDone={show} />}
    </div>
  );
}
