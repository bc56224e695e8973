import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Button, Select } from 'antd';
import { useDeferredValue, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { reviewMatch } from '../../../api/commands';
import { reviewQuery, searchQuery } from '../../../api/queries';
import { moment, momentFull } from '../../../lib/format';
import { Chip } from '../../../ui/Chip';
import { ProblemNote } from '../../../ui/ProblemNote';
import { RATING_TONES } from '../tones';

/** A review: what it says, where it stands, and the case that sees to it. */
export function OneReview({ id }: { id: string }) {
  const { t } = useTranslation('reviews');
  const query = useQuery(reviewQuery(id));
  const review = query.data;
  if (query.error) return <div className="page-body"><ProblemNote thrown={query.error} onRetry={() => void query.refetch()} /></div>;
  if (!review) return <div className="page-body" />;
  const scores = (['description', 'service', 'logistics'] as const).filter((aspect) => review.scores[aspect]);
  return (
    <article className="page-body review">
      <header className="row">
        <Chip tone={RATING_TONES[review.rating]}>{t(`rating.${review.rating}`)}</Chip>
        {review.stars && <span aria-label={t('stars', { count: review.stars })}>{'★'.repeat(review.stars)}{'☆'.repeat(5 - review.stars)}</span>}
        <span className="grow muted">{momentFull(review.at)}</span>
      </header>
      <p className="panel review-text">{review.text ?? <i className="muted">{t(review.erased_at ? 'erased' : 'no_words')}</i>}</p>
      {scores.length > 0 && <p className="muted">{scores.map((aspect) => `${t(`aspect.${aspect}`)} ${review.scores[aspect]}`).join(' · ')}</p>}
      {review.pictures.map((address, index) => (
        <a key={address} href={address} target="_blank" rel="noreferrer noopener">
          {t('picture', { count: index + 1 })}
        </a>
      ))}
      <dl className="facts">
        <dt>{t('step_label')}</dt>
        <dd>{t(`hint.${review.step}`, { at: review.contact_due_at ? moment(review.contact_due_at) : '' })}</dd>
        {review.cause && <><dt>{t('cause_label')}</dt><dd>{t(review.judged ? 'judged' : 'guessed', { cause: t(`cause.${review.cause}`) })}</dd></>}
        {review.contacted_at && <><dt>{t('contacted')}</dt><dd>{moment(review.contacted_at)}</dd></>}
        {review.outcome && <><dt>{t('outcome_label')}</dt><dd>{t(`outcome.${review.outcome}`)}</dd></>}
        {review.published_at && <><dt>{t('published')}</dt><dd>{moment(review.published_at)}</dd></>}
      </dl>
      {review.reply && <p className="panel review-text">{review.reply}</p>}
      {review.step === 'match' && <Match id={id} number={review.order_number} />}
      <div className="row">
        {review.case && (
          <Link to="/cases/$caseId" params={{ caseId: review.case }} className="strong-link">
            {t('to_case')}
          </Link>
        )}
        {review.order && (
          <Link to="/orders/$orderId" params={{ orderId: review.order }}>
            {t('order', { number: review.order_number })}
          </Link>
        )}
      </div>
    </article>
  );
}

/** For a review whose order came under another number, or not by this way. */
function Match({ id, number }: { id: string; number: string }) {
  const { t } = useTranslation('reviews');
  const client = useQueryClient();
  const [text, setText] = useState('');
  const [order, setOrder] = useState<string>();
  const found = useQuery(searchQuery(useDeferredValue(text.trim()))).data;
  const match = useMutation({
    mutationFn: () => reviewMatch(id, { order: order! }),
    onSuccess: () => void client.invalidateQueries({ queryKey: ['reviews'] }),
  });
  return (
    <section className="panel stack" aria-label={t('match')}>
      <h3>{t('match')}</h3>
      <p className="muted">{t('match_hint', { number })}</p>
      <Select aria-label={t('find')} placeholder={t('find')} showSearch={{ filterOption: false, onSearch: setText }} allowClear value={order ?? null} options={(found?.orders ?? []).map((one) => ({ value: one.id, label: one.number }))} onChange={(value: string | null) => setOrder(value ?? undefined)} notFoundContent={t(text ? 'nothing_found' : 'find')} />
      <Button type="primary" disabled={!order} loading={match.isPending} onClick={() => match.mutate()}>
        {t('match_act')}
      </Button>
      {match.error && <ProblemNote thrown={match.error} />}
    </section>
  );
}
