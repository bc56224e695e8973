import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Input, Segmented } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { buyerRate } from '../../../api/commands';
import { buyerRatingQuery } from '../../../api/queries';
import type { Schema } from '../../../api/client';
import { day } from '../../../lib/format';
import { Chip } from '../../../ui/Chip';
import { ProblemNote } from '../../../ui/ProblemNote';
import { RATING_TONES } from '../tones';

const RATINGS = ['good', 'middling', 'bad'] as const;
const WORDS_MAX = 500;

/** What the shop rates its buyer for the order: once, in words that may stand in public. */
export function BuyerRating({ order }: { order: string }) {
  const { t } = useTranslation('order');
  const query = useQuery(buyerRatingQuery(order));
  if (!query.data) return null;
  const { rating } = query.data;
  return (
    <section className="panel stack" aria-label={t('rate.title')}>
      <h2>{t('rate.title')}</h2>
      {rating ? (
        <p className="row">
          <Chip tone={RATING_TONES[rating.rating]}>{t(`reviews:rating.${rating.rating}`)}</Chip>
          <span className="grow">{rating.text}</span>
          <span className="muted">{day(rating.at)}</span>
        </p>
      ) : (
        <RatingForm order={order} />
      )}
    </section>
  );
}

function RatingForm({ order }: { order: string }) {
  const { t } = useTranslation('order');
  const client = useQueryClient();
  const [rating, setRating] = useState<Schema['Rating']>('good');
  const [words, setWords] = useState('');
  const rate = useMutation({
    mutationFn: () => buyerRate(order, { rating, ...(words.trim() ? { text: words.trim() } : {}) }),
    onSuccess: () => client.invalidateQueries({ queryKey: buyerRatingQuery(order).queryKey }),
  });
  return (
    <>
      <p className="muted">{t('rate.hint')}</p>
      <Segmented aria-label={t('rate.title')} value={rating} options={RATINGS.map((value) => ({ value, label: t(`reviews:rating.${value}`) }))} onChange={setRating} />
      <Input.TextArea aria-label={t('rate.words')} placeholder={t('rate.words')} autoSize={{ minRows: 2 }} maxLength={WORDS_MAX} value={words} onChange={(event) => setWords(event.target.value)} />
      <Button loading={rate.isPending} onClick={() => rate.mutate()}>
        {t('rate.send')}
      </Button>
      {rate.error && <ProblemNote thrown={rate.error} />}
    </>
  );
}
