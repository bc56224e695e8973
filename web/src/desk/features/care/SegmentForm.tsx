import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Input, InputNumber, Select } from 'antd';
import { useDeferredValue, useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { reachQuery, segmentAdd, segmentPut, segmentRemove } from '../../../api/care';
import type { Schema } from '../../../api/client';
import { shopQuery } from '../../../api/queries';
import { dayOf, inShopTime } from '../../../lib/format';
import { ProblemNote } from '../../../ui/ProblemNote';
import { useTagsOffered } from '../../names';
import { Reach } from './Reach';

type Condition = Schema['SegmentCondition'];
const SEPARATORS = [',', '\uff0c', '\u3001'];

/** A saved condition over buyers, and whom it comes to while it is written. */
export function SegmentForm({ segment, onDone }: { segment?: Schema['Segment']; onDone: (id?: string) => void }) {
  const { t } = useTranslation('care');
  const client = useQueryClient();
  const tiers = useQuery(shopQuery).data?.settings.tiers ?? [];
  const offered = useTagsOffered();
  const [name, setName] = useState(segment?.name ?? '');
  const [condition, setCondition] = useState<Condition>(segment?.condition ?? {});
  // What is not said is left out, so that one condition has one form.
  const set = (change: { [K in keyof Condition]: Condition[K] | null | undefined }) =>
    setCondition((before) => Object.fromEntries(Object.entries({ ...before, ...change }).filter(([, value]) => value !== null && value !== undefined && value !== '' && !(Array.isArray(value) && value.length === 0))) as Condition);
  const reach = useQuery(reachQuery(useDeferredValue(condition)));
  const again = () => client.invalidateQueries({ queryKey: ['care', 'segments'] });
  const save = useMutation({
    mutationFn: () => (segment ? segmentPut(segment.id, segment.version, { name, condition }) : segmentAdd({ name, condition })),
    onSuccess: (saved) => void again().then(() => onDone(saved.id)),
  });
  const remove = useMutation({ mutationFn: () => segmentRemove(segment!.id), onSuccess: () => void again().then(() => onDone()) });
  const isChanged = name !== (segment?.name ?? '') || JSON.stringify(condition) !== JSON.stringify(segment?.condition ?? {});
  const date = (at: string | null | undefined) => (at ? dayOf(at) : '');
  function submit(event: FormEvent) {
    event.preventDefault();
    save.mutate();
  }
  return (
    <div className="page-body care">
      <form className="panel form care-form" onSubmit={submit}>
        <label className="wide">
          {t('segment.name')}
          <Input required maxLength={50} value={name} onChange={(event) => setName(event.target.value)} />
        </label>
        <p className="wide hint">{t('segment.hint')}</p>
        <label>
          {t('segment.tiers')}
          <Select aria-label={t('segment.tiers')} mode="multiple" placeholder={t('segment.any')} value={condition.tiers ?? []} options={tiers.map(({ code, title }) => ({ value: code, label: title }))} notFoundContent={t('buyer:no_tiers')} onChange={(values: string[]) => set({ tiers: values })} />
        </label>
        <label>
          {t('segment.tags')}
          <Select aria-label={t('segment.tags')} mode="tags" placeholder={t('segment.any')} tokenSeparators={SEPARATORS} value={condition.tags ?? []} options={offered} onChange={(tags: string[]) => set({ tags })} />
        </label>
        <label>
          {t('segment.ordered_from')}
          <input type="date" value={date(condition.ordered_from)} onChange={(event) => set({ ordered_from: event.target.value ? inShopTime(`${event.target.value}T00:00`) : null })} />
        </label>
        <label>
          {t('segment.ordered_before')}
          <input type="date" value={date(condition.ordered_before)} onChange={(event) => set({ ordered_before: event.target.value ? inShopTime(`${event.target.value}T00:00`) : null })} />
        </label>
        <label>
          {t('segment.orders_min')}
          <InputNumber min={0} max={1_000_000} precision={0} value={condition.orders_min ?? null} onChange={(value) => set({ orders_min: value })} />
        </label>
        <label>
          {t('segment.orders_max')}
          <InputNumber min={0} max={1_000_000} precision={0} value={condition.orders_max ?? null} onChange={(value) => set({ orders_max: value })} />
        </label>
        <label>
          {t('segment.satisfied')}
          <Select aria-label={t('segment.satisfied')} value={condition.satisfied === true ? 'yes' : condition.satisfied === false ? 'no' : 'any'} options={(['any', 'yes', 'no'] as const).map((value) => ({ value, label: t(`segment.satisfied_${value}`) }))} onChange={(value) => set({ satisfied: value === 'any' ? null : value === 'yes' })} />
        </label>
        {(save.error ?? remove.error) && <div className="wide"><ProblemNote thrown={save.error ?? remove.error} onRetry={() => void again()} /></div>}
        <div className="wide row">
          <Button type="primary" htmlType="submit" loading={save.isPending} disabled={!isChanged || !name.trim()}>{t('save')}</Button>
          {segment && <Button danger loading={remove.isPending} onClick={() => remove.mutate()}>{t('segment.remove')}</Button>}
        </div>
      </form>
      {reach.error && <ProblemNote thrown={reach.error} onRetry={() => void reach.refetch()} />}
      {reach.data && <Reach reach={reach.data} />}
    </div>
  );
}
