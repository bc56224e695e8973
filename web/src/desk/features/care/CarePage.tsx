import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { Button, Segmented } from 'antd';
import { useTranslation } from 'react-i18next';
import { careMailsQuery, segmentsQuery } from '../../../api/care';
import type { Schema } from '../../../api/client';
import { meQuery } from '../../../api/queries';
import { moment } from '../../../lib/format';
import { Chip, type Tone } from '../../../ui/Chip';
import { Empty } from '../../../ui/Empty';
import { ProblemNote } from '../../../ui/ProblemNote';
import { DraftForm } from './DraftForm';
import { OneCareMail } from './OneCareMail';
import { SegmentForm } from './SegmentForm';
import { CARERS } from './roles';
import '../page.css';
import '../mails/mails.css';
import './care.css';

export interface CareSearch {
  part?: 'segments';
  /** A mail, or `new`. */
  mail?: string;
  /** Whom a new mail is for. */
  buyer?: string;
  /** A segment, or `new`. */
  segment?: string;
}

export const CARE_TONES: Record<Schema['CareMailState'], Tone> = { draft: 'grey', planning: 'blue', sending: 'blue', cancelling: 'amber', cancelled: 'amber', done: 'green' };

/** Care mail: to whom, what it says, what it came to. */
export function CarePage() {
  const { t } = useTranslation('care');
  const { part = 'mails' } = useSearch({ from: '/desk/care' });
  const navigate = useNavigate();
  const role = useQuery(meQuery).data?.role;
  if (role && !CARERS.has(role)) return <div className="page"><Empty title={t('not_yours')} hint={t('not_yours_hint')} /></div>;
  return (
    <div className="page">
      <header className="page-head">
        <h1>{t('title')}</h1>
        <Segmented aria-label={t('parts')} value={part} options={(['mails', 'segments'] as const).map((value) => ({ value, label: t(`part.${value}`) }))} onChange={(next) => void navigate({ to: '/care', search: next === 'segments' ? { part: 'segments' } : {}, replace: true })} />
        <span className="grow" />
        <Button type="primary" onClick={() => void navigate({ to: '/care', search: part === 'segments' ? { part: 'segments', segment: 'new' } : { mail: 'new' } })}>{t(part === 'segments' ? 'segment.new' : 'new')}</Button>
      </header>
      {part === 'segments' ? <Segments /> : <Mails />}
    </div>
  );
}

function Mails() {
  const { t } = useTranslation('care');
  const { mail, buyer } = useSearch({ from: '/desk/care' });
  const navigate = useNavigate();
  const query = useInfiniteQuery(careMailsQuery);
  const mails = query.data?.pages.flatMap((page) => page.mails) ?? [];
  const current = mail ?? mails[0]?.id;
  const show = (id: string) => void navigate({ to: '/care', search: { mail: id } });
  if (query.error) return <div className="page-body"><ProblemNote thrown={query.error} onRetry={() => void query.refetch()} /></div>;
  if (query.data && !current) return <Empty title={t('none')} hint={t('none_hint')} />;
  return (
    <div className="mails">
      <nav aria-label={t('part.mails')}>
        <ul>
          {mails.map((one) => (
            <li key={one.id}>
              <button type="button" aria-current={one.id === current || undefined} onClick={() => show(one.id)}>
                <b className="ellipsis">{one.subject ?? t('erased')}</b>
                <span className="row muted">
                  <span className="grow ellipsis">{moment(one.confirmed_at ?? one.created_at)}</span>
                  {one.sent > 0 && t('sent_count', { count: one.sent })}
                  <Chip tone={CARE_TONES[one.state]}>{t(`state.${one.state}`)}</Chip>
                </span>
              </button>
            </li>
          ))}
        </ul>
        {query.hasNextPage && <Button block type="text" loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>{t('more')}</Button>}
      </nav>
      {current === 'new' && <DraftForm key={buyer ?? 'new'} {...(buyer ? { buyer } : {})} onSaved={show} />}
      {current && current !== 'new' && <OneCareMail key={current} id={current} />}
    </div>
  );
}

function Segments() {
  const { t } = useTranslation('care');
  const { segment } = useSearch({ from: '/desk/care' });
  const navigate = useNavigate();
  const query = useQuery(segmentsQuery);
  const segments = query.data?.segments ?? [];
  const current = segment ?? segments[0]?.id;
  const known = segments.find(({ id }) => id === current);
  const show = (id?: string) => void navigate({ to: '/care', search: { part: 'segments', ...(id && { segment: id }) } });
  if (query.error) return <div className="page-body"><ProblemNote thrown={query.error} onRetry={() => void query.refetch()} /></div>;
  if (query.data && !current) return <Empty title={t('segment.none')} hint={t('segment.none_hint')} />;
  return (
    <div className="mails">
      <nav aria-label={t('part.segments')}>
        <ul>
          {segments.map((one) => (
            <li key={one.id}>
              <button type="button" aria-current={one.id === current || undefined} onClick={() => show(one.id)}>
                <b className="ellipsis">{one.name}</b>
                <span className="muted">{moment(one.changed_at)}</span>
              </button>
            </li>
          ))}
        </ul>
      </nav>
      {current === 'new' && <SegmentForm key="new" onDone={show} />}
      {known && <SegmentForm key={`${known.id} ${known.version}`} segment={known} onDone={show} />}
    </div>
  );
}
