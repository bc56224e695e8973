import { useQuery } from '@tanstack/react-query';
import { Button, Dropdown } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Schema } from '../../../../api/client';
import { scriptsQuery, type CaseDto } from '../../../../api/queries';
import { keepDraft } from '../../../../lib/draft';
import { moment } from '../../../../lib/format';
import { Chip } from '../../../../ui/Chip';
import { RATING_TONES } from '../../tones';
import { useCaseSearch } from '../search';
import { Section } from './Section';

/** What the buyer wrote in public, what became of it, and what the shop says below it. */
export function Reviews({ data }: { data: CaseDto }) {
  const { t } = useTranslation('case');
  const reviews = data.reviews ?? [];
  if (reviews.length === 0) return null;
  return (
    <Section name="reviews" title={t('section.reviews')}>
      {/* What comes first and what never hangs on it, where somebody is about to call. */}
      <p className="hint">{t('review.remedy_first')}</p>
      <ul className="plain-list">
        {reviews.map((review) => <One key={review.review} data={data} review={review} />)}
      </ul>
    </Section>
  );
}

function One({ data, review }: { data: CaseDto; review: Schema['CaseReview'] }) {
  const { t } = useTranslation('case');
  const setSearch = useCaseSearch();
  const open = (name: string) => {
    keepDraft(`form.${name}.${data.id}`, JSON.stringify({ review: review.review }));
    setSearch({ do: name });
  };
  const acts = [
    ...(review.judged ? [] : ['judge_review']),
    ...(review.outcome === 'revised' || review.outcome === 'withdrawn' ? [] : ['end_review']),
    ...(review.reply && !review.published_at ? ['publish_explanation'] : []),
  ].filter((name) => data.next.includes(name));
  const answers = review.outcome === 'unchanged' && !review.published_at && data.next.includes('explain_review');
  return (
    <li>
      <div className="row">
        <Chip tone={RATING_TONES[review.rating]}>{t(`rating.${review.rating}`)}</Chip>
        <span className="grow muted">{review.cause && t(review.judged ? 'review.judged' : 'review.guessed', { cause: t(`review_cause.${review.cause}`) })}</span>
        <span className="muted">{moment(review.at)}</span>
      </div>
      <p>{review.text ?? t('review.no_words')}</p>
      <p className="muted">
        {review.contacted_at ? t('review.contacted', { at: moment(review.contacted_at) }) : t('review.not_contacted')}
        {review.outcome && ` · ${t(`review_outcome.${review.outcome}`)}`}
        {review.published_at && ` · ${t('review.published', { at: moment(review.published_at) })}`}
      </p>
      {review.reply && <Reply text={review.reply} />}
      <div className="row review-acts">
        {acts.map((name) => (
          <Button key={name} size="small" onClick={() => open(name)}>
            {t(`actions:action.${name}.button`)}
          </Button>
        ))}
        {answers && <Explain data={data} review={review.review} />}
      </div>
    </li>
  );
}

/** What is to be put up on the platform, to be taken there. */
function Reply({ text }: { text: string }) {
  const { t } = useTranslation('case');
  const [copied, setCopied] = useState(false);
  const copy = () => void navigator.clipboard?.writeText(text).then(() => setCopied(true)).catch(() => undefined);
  return (
    <div className="review-reply">
      <p>{text}</p>
      <Button size="small" onClick={copy}>
        {t(copied ? 'review.copied' : 'review.copy')}
      </Button>
    </div>
  );
}

/** Begins the answer from a template, to be fitted to this review. */
function Explain({ data, review }: { data: CaseDto; review: string }) {
  const { t } = useTranslation('case');
  const setSearch = useCaseSearch();
  const scripts = useQuery(scriptsQuery(data.id)).data?.scripts ?? [];
  const templates = scripts.filter(({ code }) => code.startsWith('review_reply_'));
  const begin = (text: string) => {
    keepDraft(`form.explain_review.${data.id}`, JSON.stringify({ review, ...(text && { text }) }));
    setSearch({ do: 'explain_review' });
  };
  return (
    <Dropdown
      trigger={['click']}
      menu={{
        items: [...templates.map(({ code, title }) => ({ key: code, label: title })), { key: '', label: t('review.from_nothing') }],
        onClick: ({ key }) => begin(templates.find(({ code }) => code === key)?.text ?? ''),
      }}
    >
      <Button size="small" type="primary">{t('actions:action.explain_review.button')} ▾</Button>
    </Dropdown>
  );
}
