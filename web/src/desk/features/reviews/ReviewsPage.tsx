import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { Segmented } from 'antd';
import { useTranslation } from 'react-i18next';
import { reviewsQuery, scoresQuery } from '../../../api/queries';
import { moment } from '../../../lib/format';
import { useHotkeys } from '../../../lib/hotkeys';
import { Chip } from '../../../ui/Chip';
import { Countdown } from '../../../ui/Countdown';
import { Empty } from '../../../ui/Empty';
import { ProblemNote } from '../../../ui/ProblemNote';
import { OneReview } from './OneReview';
import { SHOWN, type ReviewSearch } from './shown';
import { RATING_TONES } from '../tones';
import '../page.css';
import './reviews.css';

/** What buyers wrote on the platform: first those about which something is still to be done. */
export function ReviewsPage() {
  const { t } = useTranslation('reviews');
  const { show = 'unanswered', review } = useSearch({ from: '/desk/reviews' });
  const navigate = useNavigate();
  const query = useQuery(reviewsQuery(SHOWN[show]));
  const reviews = query.data?.reviews ?? [];
  const current = review ?? reviews[0]?.id;
  const at = reviews.findIndex(({ id }) => id === current);
  const to = (search: ReviewSearch) => void navigate({ to: '/reviews', search, replace: true });
  const go = (id: string | undefined) => id && to({ ...(show === 'unanswered' ? {} : { show }), review: id });
  useHotkeys({ j: () => go(reviews[at + 1]?.id), k: () => go(reviews[at - 1]?.id) });
  const names = Object.keys(SHOWN) as (keyof typeof SHOWN)[];
  return (
    <div className="page">
      <header className="page-head reviews-head">
        <h1>{t('title')}</h1>
        <Segmented aria-label={t('shown')} value={show} options={names.map((value) => ({ value, label: t(`show.${value}`) }))} onChange={(next) => to(next === 'unanswered' ? {} : { show: next })} />
        <Scores />
      </header>
      {query.error && <div className="page-body"><ProblemNote thrown={query.error} onRetry={() => void query.refetch()} /></div>}
      {query.data && reviews.length === 0 && !review && <Empty title={t(show === 'unanswered' ? 'none_unanswered' : 'none')} hint={t('none_hint')} />}
      {current && (
        <div className="reviews">
          <nav aria-label={t('title')}>
            <ul>
              {reviews.map((one) => (
                <li key={one.id}>
                  <button type="button" aria-current={one.id === current || undefined} onClick={() => go(one.id)}>
                    <span className="row">
                      <Chip tone={RATING_TONES[one.rating]}>{t(`rating.${one.rating}`)}</Chip>
                      <span className="grow muted">{t(`step.${one.step}`)}</span>
                      {one.contact_due_at ? <Countdown dueAt={one.contact_due_at} /> : <span className="muted">{moment(one.at)}</span>}
                    </span>
                    <b className="ellipsis">{one.text ?? t('no_words')}</b>
                    <span className="muted ellipsis">{t('order', { number: one.order_number })}</span>
                  </button>
                </li>
              ))}
            </ul>
            {query.data?.next && <p className="hint">{t('more')}</p>}
          </nav>
          <OneReview key={current} id={current} />
        </div>
      )}
    </div>
  );
}

/** What the last thirty days' scores come to. */
function Scores() {
  const { t } = useTranslation('reviews');
  const scores = useQuery(scoresQuery).data?.over_all;
  const aspects = (['description', 'service', 'logistics'] as const).filter((aspect) => scores?.[aspect]);
  if (aspects.length === 0) return null;
  return (
    <dl className="scores" aria-label={t('scores')}>
      {aspects.map((aspect) => (
        <div key={aspect} title={t('scores_of', { count: scores![aspect]!.ratings })}>
          <dt>{t(`aspect.${aspect}`)}</dt>
          <dd>{(scores![aspect]!.mean_hundredths / 100).toFixed(2)}</dd>
        </div>
      ))}
    </dl>
  );
}
