import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Checkbox, Input, Select } from 'antd';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { bookPut, buyerOptOut } from '../../../api/care';
import type { Schema } from '../../../api/client';
import { shopQuery } from '../../../api/queries';
import { momentFull } from '../../../lib/format';
import { ProblemNote } from '../../../ui/ProblemNote';
import { actor } from '../../../api/actor';
import { usePeople, useTagsOffered } from '../../names';

const POWERS = ['low', 'middle', 'high'] as const;
// A comma, and the two of Chinese.
const SEPARATORS = [',', '\uff0c', '\u3001'];

/** What the shop knows of a buyer; saved only over the version that was read. */
export function BookForm({ id, book, content: read }: { id: string; book: Schema['Book']; content: Schema['BookContent'] }) {
  const { t } = useTranslation('buyer');
  const client = useQueryClient();
  const tiers = useQuery(shopQuery).data?.settings.tiers ?? [];
  const offered = useTagsOffered();
  const { nameOf } = usePeople();
  const before = { content: read, tier: book.tier ?? null, tags: book.tags, blocked: book.blocked };
  const [draft, setDraft] = useState(before);
  const set = (change: Partial<typeof before>) => setDraft((known) => ({ ...known, ...change }));
  const say = (change: Partial<Schema['BookContent']>) => set({ content: { ...draft.content, ...change } });
  const again = () => client.invalidateQueries({ queryKey: ['buyer', id] });
  const save = useMutation({ mutationFn: () => bookPut(id, book.version, draft), onSuccess: again });
  const optOut = useMutation({ mutationFn: () => buyerOptOut(id), onSuccess: again });
  const isChanged = JSON.stringify(draft) !== JSON.stringify(before);
  const by = actor(book.changed_by);
  function submit(event: FormEvent) {
    event.preventDefault();
    save.mutate();
  }
  return (
    <section className="panel" aria-label={t('book')}>
      <h2>{t('book')}</h2>
      <form className="form book" onSubmit={submit}>
        <label className="wide">
          {t('notes')}
          <Input.TextArea autoSize={{ minRows: 3, maxRows: 12 }} maxLength={4_000} value={draft.content.notes ?? ''} onChange={(event) => say({ notes: event.target.value })} />
        </label>
        <label>
          {t('tier')}
          <Select aria-label={t('tier')} allowClear placeholder={t('tier_none')} value={draft.tier} options={tiers.map(({ code, title }) => ({ value: code, label: title }))} notFoundContent={t('no_tiers')} onChange={(tier: string | undefined) => set({ tier: tier ?? null })} />
        </label>
        <label>
          {t('purchase_power')}
          <Select aria-label={t('purchase_power')} allowClear placeholder={t('unknown')} value={draft.content.purchase_power ?? null} options={POWERS.map((value) => ({ value, label: t(`power.${value}`) }))} onChange={(power: (typeof POWERS)[number] | undefined) => say({ purchase_power: power ?? null })} />
        </label>
        <label>
          {t('job')}
          <Input maxLength={200} value={draft.content.job ?? ''} onChange={(event) => say({ job: event.target.value })} />
        </label>
        <label>
          {t('city')}
          <Input maxLength={200} value={draft.content.city ?? ''} onChange={(event) => say({ city: event.target.value })} />
        </label>
        <label className="wide">
          {t('preferences')}
          <Input.TextArea autoSize={{ minRows: 2, maxRows: 8 }} maxLength={2_000} value={draft.content.preferences ?? ''} onChange={(event) => say({ preferences: event.target.value })} />
        </label>
        <label className="wide">
          {t('tags')}
          <Select aria-label={t('tags')} mode="tags" maxCount={20} suffixIcon={null} tokenSeparators={SEPARATORS} value={draft.tags} options={offered} onChange={(tags: string[]) => set({ tags })} />
        </label>
        <div className="wide stack">
          <Checkbox checked={draft.blocked} onChange={(event) => set({ blocked: event.target.checked })}>
            {t('blocked')}
          </Checkbox>
          {draft.blocked && <Input aria-label={t('blocked_because')} placeholder={t('blocked_because')} maxLength={200} value={draft.content.blocked_because ?? ''} onChange={(event) => say({ blocked_because: event.target.value })} />}
        </div>
        {(save.error ?? optOut.error) && <div className="wide"><ProblemNote thrown={save.error ?? optOut.error} onRetry={() => void again()} /></div>}
        <div className="wide row book-acts">
          <Button type="primary" htmlType="submit" loading={save.isPending} disabled={!isChanged}>
            {t('save')}
          </Button>
          {!book.opted_out_at && (
            <Button loading={optOut.isPending} onClick={() => optOut.mutate()}>
              {t('opt_out')}
            </Button>
          )}
          {book.changed_at && <span className="hint">{t('changed', { at: momentFull(book.changed_at), who: by.kind === 'person' ? (nameOf(by.id) ?? '') : '' })}</span>}
        </div>
        <p className="wide hint">{t('sealed')}</p>
      </form>
    </section>
  );
}
