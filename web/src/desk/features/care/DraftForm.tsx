import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Input, Select } from 'antd';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { careMailAdd, careMailPut, segmentsQuery } from '../../../api/care';
import type { Schema } from '../../../api/client';
import { buyerQuery } from '../../../api/queries';
import { forForm, inShopTime } from '../../../lib/format';
import { LANGUAGES } from '../../../lib/i18n';
import { ProblemNote } from '../../../ui/ProblemNote';

interface Props {
  mail?: Schema['CareMail'];
  /** Whom a new one is for; a segment is chosen otherwise. */
  buyer?: string;
  onSaved: (id: string) => void;
}

/** A care mail while it is written. */
export function DraftForm({ mail, buyer = mail?.buyer ?? undefined, onSaved }: Props) {
  const { t } = useTranslation('care');
  const client = useQueryClient();
  const segments = useQuery(segmentsQuery).data?.segments ?? [];
  const person = useQuery({ ...buyerQuery(buyer ?? ''), enabled: Boolean(buyer) }).data;
  const before: Schema['CareMailBody'] = {
    ...(buyer ? { buyer } : mail?.segment ? { segment: mail.segment } : {}),
    subject: mail?.subject ?? '',
    body: mail?.body ?? '',
    language: mail?.language ?? 'zh-CN',
    ...(mail?.suggests ? { suggests: mail.suggests } : {}),
    ...(mail?.send_from ? { send_from: mail.send_from } : {}),
  };
  const [draft, setDraft] = useState(before);
  const set = (change: Partial<Schema['CareMailBody']>) => setDraft((known) => ({ ...known, ...change }));
  const save = useMutation({
    mutationFn: () => (mail ? careMailPut(mail.id, mail.version, draft) : careMailAdd(draft)),
    onSuccess: (saved) => void client.invalidateQueries({ queryKey: ['care', 'mails'] }).then(() => onSaved(saved.id)),
  });
  const isChanged = !mail || JSON.stringify(draft) !== JSON.stringify(before);
  function submit(event: FormEvent) {
    event.preventDefault();
    save.mutate();
  }
  const form = (
    <form className="panel form care-form" onSubmit={submit} aria-label={t('draft')}>
      <label className="wide">
        {t('to')}
        {buyer ? (
          <Input readOnly value={person?.nickname ?? ''} />
        ) : (
          <Select aria-label={t('to')} placeholder={t('to_segment')} value={draft.segment ?? null} options={segments.map(({ id, name }) => ({ value: id, label: name }))} notFoundContent={t('segment.none')} onChange={(segment: string) => set({ segment })} />
        )}
      </label>
      <label className="wide">
        {t('subject')}
        <Input required maxLength={100} value={draft.subject} onChange={(event) => set({ subject: event.target.value })} />
      </label>
      <label className="wide">
        {t('body')}
        <Input.TextArea required autoSize={{ minRows: 6, maxRows: 20 }} maxLength={10_000} value={draft.body} onChange={(event) => set({ body: event.target.value })} />
        <small>{t('body_hint')}</small>
      </label>
      <label>
        {t('language')}
        <Select aria-label={t('language')} value={draft.language} options={LANGUAGES.map((value) => ({ value, label: t(`common:language.${value}`) }))} onChange={(language) => set({ language })} />
      </label>
      <label>
        {t('send_from')}
        <input type="datetime-local" value={draft.send_from ? forForm(Date.parse(draft.send_from)) : ''} onChange={(event) => set({ send_from: event.target.value ? inShopTime(event.target.value) : null })} />
      </label>
      <label className="wide">
        {t('suggests')}
        <Input maxLength={100} value={draft.suggests ?? ''} onChange={(event) => set({ suggests: event.target.value || null })} />
        <small>{t('suggests_hint')}</small>
      </label>
      {save.error && <div className="wide"><ProblemNote thrown={save.error} onRetry={() => void client.invalidateQueries({ queryKey: ['care'] })} /></div>}
      <div className="wide row">
        <Button type={mail ? 'default' : 'primary'} htmlType="submit" loading={save.isPending} disabled={!isChanged || !draft.subject.trim() || !draft.body.trim() || !(draft.segment || draft.buyer)}>
          {t(mail ? 'save' : 'save_preview')}
        </Button>
      </div>
    </form>
  );
  return mail ? form : <div className="page-body care">{form}</div>;
}
