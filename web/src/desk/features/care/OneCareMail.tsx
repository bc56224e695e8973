import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { actor } from '../../../api/actor';
import { careCancel, careConfirm, careMailQuery, carePreviewQuery, segmentsQuery } from '../../../api/care';
import type { Schema } from '../../../api/client';
import { meQuery } from '../../../api/queries';
import { momentFull } from '../../../lib/format';
import { Chip } from '../../../ui/Chip';
import { ProblemNote } from '../../../ui/ProblemNote';
import { usePeople } from '../../names';
import { CARE_TONES } from './CarePage';
import { DraftForm } from './DraftForm';
import { Reach } from './Reach';
import { CONFIRMERS } from './roles';

/** One care mail: its draft with what it would come to, or what it came to. */
export function OneCareMail({ id }: { id: string }) {
  const query = useQuery(careMailQuery(id));
  const mail = query.data;
  if (query.error) return <div className="page-body"><ProblemNote thrown={query.error} onRetry={() => void query.refetch()} /></div>;
  if (!mail) return <div className="page-body" />;
  return mail.state === 'draft' ? <Draft key={mail.version} mail={mail} /> : <Sent mail={mail} />;
}

function useActs(mail: Schema['CareMail']) {
  const client = useQueryClient();
  const again = () => client.invalidateQueries({ queryKey: ['care', 'mails'] });
  return {
    again,
    confirm: useMutation({ mutationFn: () => careConfirm(mail.id, mail.version), onSuccess: again }),
    cancel: useMutation({ mutationFn: () => careCancel(mail.id), onSuccess: again }),
  };
}

function Draft({ mail }: { mail: Schema['CareMail'] }) {
  const { t } = useTranslation('care');
  const role = useQuery(meQuery).data?.role;
  const preview = useQuery(carePreviewQuery(mail.id, mail.version));
  const { again, confirm, cancel } = useActs(mail);
  const [isSure, setIsSure] = useState(false);
  const gets = preview.data?.gets ?? 0;
  const may = role !== undefined && CONFIRMERS.has(role);
  return (
    <div className="page-body care">
      <DraftForm mail={mail} onSaved={() => undefined} />
      {preview.error && <ProblemNote thrown={preview.error} onRetry={() => void preview.refetch()} />}
      {preview.data && (
        <>
          <Reach reach={preview.data} />
          <section className="panel" aria-label={t('as_read')}>
            <h2>{t('as_read')}</h2>
            <p className="hint">{t('goes', { at: momentFull(preview.data.goes_from), clause: preview.data.clause })}</p>
            <p className="mail-text care-text">{preview.data.text}</p>
          </section>
        </>
      )}
      <section className="panel stack" aria-label={t('confirm')}>
        {(confirm.error ?? cancel.error) && <ProblemNote thrown={confirm.error ?? cancel.error} onRetry={() => void again()} />}
        {!may && <p className="muted">{t('confirm_others')}</p>}
        {isSure && <p>{t(preview.data?.is_whole === false ? 'sure_many' : 'sure', { count: gets })}</p>}
        <div className="row">
          {may && !isSure && <Button type="primary" disabled={!preview.data || gets === 0} onClick={() => setIsSure(true)}>{t('confirm')}</Button>}
          {may && isSure && <Button type="primary" loading={confirm.isPending} onClick={() => confirm.mutate()}>{t('confirm_sure')}</Button>}
          {isSure && <Button onClick={() => setIsSure(false)}>{t('common:act.cancel')}</Button>}
          {!isSure && <Button danger loading={cancel.isPending} onClick={() => cancel.mutate()}>{t('drop')}</Button>}
        </div>
      </section>
    </div>
  );
}

function Sent({ mail }: { mail: Schema['CareMail'] }) {
  const { t } = useTranslation('care');
  const { nameOf } = usePeople();
  const role = useQuery(meQuery).data?.role;
  const segments = useQuery(segmentsQuery).data?.segments ?? [];
  const { again, cancel } = useActs(mail);
  const by = actor(mail.confirmed_by);
  const late = Object.values(mail.left_out_late).reduce((sum, count) => sum + count, 0);
  const settled = mail.sent + mail.failed + mail.cancelled + late;
  const figures = [
    ['planned', mail.planned], ['sent', mail.sent], ['waiting', Math.max(0, mail.planned - settled)], ['failed', mail.failed], ['cancelled', mail.cancelled], ['opt_outs', mail.opt_outs],
  ] as const;
  const left = [...Object.entries(mail.left_out), ...Object.entries(mail.left_out_late)].reduce((sums, [why, count]) => sums.set(why, (sums.get(why) ?? 0) + count), new Map<string, number>());
  const isGoing = mail.state === 'planning' || mail.state === 'sending';
  return (
    <article className="page-body care">
      <header className="row">
        <h2 className="grow ellipsis">{mail.subject ?? t('erased')}</h2>
        <Chip tone={CARE_TONES[mail.state]}>{t(`state.${mail.state}`)}</Chip>
        {isGoing && role && CONFIRMERS.has(role) && <Button danger size="small" loading={cancel.isPending} onClick={() => cancel.mutate()}>{t('cancel')}</Button>}
      </header>
      {cancel.error && <ProblemNote thrown={cancel.error} onRetry={() => void again()} />}
      <section className="panel" aria-label={t('result')}>
        <h2>{t('result')}</h2>
        <progress max={Math.max(1, mail.planned)} value={settled} aria-label={t('figure.sent')} />
        <p className="figures">
          {figures.filter(([name, count]) => count > 0 || name === 'planned' || name === 'sent').map(([name, count]) => (
            <span key={name}><b>{count}</b> {t(`figure.${name}`)}</span>
          ))}
        </p>
        {left.size > 0 && (
          <p className="figures muted">
            {t('left')}
            {[...left].map(([why, count]) => <span key={why}><b>{count}</b> {t(`why.${why}` as 'why.capped')}</span>)}
          </p>
        )}
      </section>
      <section className="panel" aria-label={t('as_written')}>
        <h2>{t('as_written')}</h2>
        <p className="hint">
          {mail.buyer ? <Link to="/buyers/$buyerId" params={{ buyerId: mail.buyer }}>{t('to_buyer')}</Link> : (segments.find(({ id }) => id === mail.segment)?.name ?? t('segment_gone'))}
          {mail.confirmed_at && ` · ${t('confirmed', { at: momentFull(mail.confirmed_at), who: by.kind === 'person' ? (nameOf(by.id) ?? '') : '' })}`}
          {mail.suggests && ` · ${t('suggested', { sku: mail.suggests })}`}
        </p>
        <p className="mail-text care-text">{mail.body ?? <i className="muted">{t('erased')}</i>}</p>
      </section>
    </article>
  );
}
