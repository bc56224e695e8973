import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button, Input } from 'antd';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { Schema } from '../../../api/client';
import { guidePut, guideRemove } from '../../../api/warranty';
import { ProblemNote } from '../../../ui/ProblemNote';

interface Props {
  guide?: Schema['GuideDto'];
  isLed: boolean;
  onDone: (sku?: string) => void;
}

/** How a product is set up: a film or a leaflet, the shop's own words, or both. */
export function GuideForm({ guide, isLed, onDone }: Props) {
  const { t } = useTranslation('warranty');
  const client = useQueryClient();
  const [sku, setSku] = useState(guide?.sku ?? '');
  const [draft, setDraft] = useState({ title: guide?.title ?? '', address: guide?.address ?? '', text: guide?.text ?? '' });
  const set = (change: Partial<typeof draft>) => setDraft((known) => ({ ...known, ...change }));
  const again = () => client.invalidateQueries({ queryKey: ['guides'] });
  const save = useMutation({ mutationFn: () => guidePut(sku.trim(), guide?.version ?? 0, draft), onSuccess: (saved) => void again().then(() => onDone(saved.sku)) });
  const remove = useMutation({ mutationFn: () => guideRemove(sku), onSuccess: () => void again().then(() => onDone()) });
  const isWhole = sku.trim() && draft.title.trim() && (draft.address.trim() || draft.text.trim());
  const problem = save.error ?? remove.error;
  function submit(event: FormEvent) {
    event.preventDefault();
    save.mutate();
  }
  return (
    <div className="page-body">
      <form className="panel form warranty-form" onSubmit={submit} aria-label={t('guide.title')}>
        <p className="wide hint">{t('guide.hint')}</p>
        <label>
          {t('sku')}
          <Input required maxLength={100} readOnly={Boolean(guide) || !isLed} value={sku} onChange={(event) => setSku(event.target.value)} />
        </label>
        <label>
          {t('guide.name')}
          <Input required maxLength={100} readOnly={!isLed} value={draft.title} onChange={(event) => set({ title: event.target.value })} />
        </label>
        <label className="wide">
          {t('guide.address')}
          <Input type="url" maxLength={500} placeholder="https://" readOnly={!isLed} value={draft.address} onChange={(event) => set({ address: event.target.value })} />
        </label>
        <label className="wide">
          {t('guide.text')}
          <Input.TextArea autoSize={{ minRows: 4, maxRows: 16 }} maxLength={2000} readOnly={!isLed} value={draft.text} onChange={(event) => set({ text: event.target.value })} />
        </label>
        {problem && <div className="wide"><ProblemNote thrown={problem} onRetry={() => void again()} /></div>}
        {isLed && (
          <div className="wide row">
            <Button type="primary" htmlType="submit" loading={save.isPending} disabled={!isWhole}>{t('save')}</Button>
            {guide && <Button danger loading={remove.isPending} onClick={() => remove.mutate()}>{t('guide.remove')}</Button>}
          </div>
        )}
      </form>
    </div>
  );
}
