import { CloseOutlined } from '@ant-design/icons';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button, Checkbox, Input, InputNumber, Select } from 'antd';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { Schema } from '../../../api/client';
import { planAdd, planPut } from '../../../api/warranty';
import { ProblemNote } from '../../../ui/ProblemNote';

const KINDS: Schema['PlanKind'][] = ['extended_warranty', 'accident', 'replace_not_repair', 'return_freight'];
const CURRENCY = 'CNY';
const EMPTY: Schema['PlanBody'] = { kind: 'extended_warranty', name: '', provider: '', reach: {}, prices: [], ended: false };

interface Price {
  key: number;
  months: number | null;
  sku: string;
  premium: number | null;
}
interface Props {
  plan?: Schema['CoverPlanDto'];
  isLed: boolean;
  onSaved: (id: string) => void;
}

const money = (yuan: number | null | undefined, currency: string) => (yuan === null || yuan === undefined ? null : { minor: Math.round(yuan * 100), currency });
const yuan = (amount: Schema['Amount'] | null | undefined) => (amount ? amount.minor / 100 : null);
const blank = (key: number): Price => ({ key, months: null, sku: '', premium: null });

/** A plan: what it promises, who stands behind it, how far it reaches, what it costs. */
export function PlanForm({ plan, isLed, onSaved }: Props) {
  const { t } = useTranslation('warranty');
  const client = useQueryClient();
  const [draft, setDraft] = useState<Schema['PlanBody']>(plan ?? EMPTY);
  const [prices, setPrices] = useState<Price[]>(() => (plan?.prices ?? []).map((price, key) => ({ key, months: price.months, sku: price.sku ?? '', premium: yuan(price.premium) })));
  const currency = plan?.prices[0]?.premium.currency ?? CURRENCY;
  const set = (change: Partial<Schema['PlanBody']>) => setDraft((known) => ({ ...known, ...change }));
  const reach = (change: Partial<Schema['ReachDto']>) => set({ reach: { ...draft.reach, ...change } });
  const rows = prices.length > 0 ? prices : [blank(0)];
  const edit = (key: number, change: Partial<Price>) => setPrices(rows.map((price) => (price.key === key ? { ...price, ...change } : price)));
  const save = useMutation({
    mutationFn: () => {
      const { kind, name, provider, insurer, after_months, ended } = draft;
      const body: Schema['PlanBody'] = {
        kind,
        name,
        provider,
        reach: draft.reach,
        ended,
        ...(insurer && { insurer }),
        ...(kind === 'extended_warranty' && typeof after_months === 'number' && { after_months }),
        prices: rows.flatMap(({ months, sku, premium }) => {
          const paid = money(premium, currency);
          return months !== null && paid ? [{ months, premium: paid, ...(sku.trim() && { sku: sku.trim() }) }] : [];
        }),
      };
      return plan ? planPut(plan.id, plan.version, body) : planAdd(body);
    },
    onSuccess: (saved) => void client.invalidateQueries({ queryKey: ['plans'] }).then(() => onSaved(saved.id)),
  });
  const isWhole = draft.name.trim() && draft.provider.trim() && rows.some(({ months, premium }) => months !== null && premium !== null);
  function submit(event: FormEvent) {
    event.preventDefault();
    save.mutate();
  }
  return (
    <div className="page-body">
      <form className="panel form warranty-form" onSubmit={submit} aria-label={t('plan')}>
        <label>
          {t('kind')}
          <Select aria-label={t('kind')} disabled={!isLed} value={draft.kind} options={KINDS.map((value) => ({ value, label: t(`common:plan_kind.${value}`) }))} onChange={(kind) => set({ kind })} />
        </label>
        <label>
          {t('name')}
          <Input required maxLength={64} readOnly={!isLed} value={draft.name} onChange={(event) => set({ name: event.target.value })} />
        </label>
        <label>
          {t('provider')}
          <Input required maxLength={64} readOnly={!isLed} value={draft.provider} onChange={(event) => set({ provider: event.target.value })} />
        </label>
        <label>
          {t('insurer')}
          <Input maxLength={64} readOnly={!isLed} value={draft.insurer ?? ''} onChange={(event) => set({ insurer: event.target.value || null })} />
        </label>
        {draft.kind === 'extended_warranty' && (
          <label className="wide">
            {t('after_months')}
            <InputNumber min={0} max={120} precision={0} disabled={!isLed} value={draft.after_months ?? null} onChange={(after_months) => set({ after_months })} />
            <small>{t('after_months_hint')}</small>
          </label>
        )}
        <label>
          {t('per_claim')}
          <InputNumber min={0.01} precision={2} disabled={!isLed} value={yuan(draft.reach.per_claim)} onChange={(value) => reach({ per_claim: money(value, currency) })} />
        </label>
        <label>
          {t('in_all')}
          <InputNumber min={0.01} precision={2} disabled={!isLed} value={yuan(draft.reach.in_all)} onChange={(value) => reach({ in_all: money(value, currency) })} />
        </label>
        <label>
          {t('claims')}
          <InputNumber min={1} precision={0} disabled={!isLed} value={draft.reach.claims ?? null} onChange={(claims) => reach({ claims })} />
        </label>
        <fieldset className="wide">
          <legend>{t('prices')}</legend>
          {rows.map(({ key, months, sku, premium }) => (
            <div key={key} className="warranty-price">
              <InputNumber aria-label={t('months')} placeholder={t('months')} min={1} max={120} precision={0} disabled={!isLed} value={months} onChange={(value) => edit(key, { months: value })} />
              <Input aria-label={t('sku')} placeholder={t('every_product')} maxLength={64} readOnly={!isLed} value={sku} onChange={(event) => edit(key, { sku: event.target.value })} />
              <InputNumber aria-label={t('premium')} placeholder={t('premium')} min={0} precision={2} disabled={!isLed} value={premium} onChange={(value) => edit(key, { premium: value })} />
              {isLed && rows.length > 1 && <Button type="text" aria-label={t('price_remove')} icon={<CloseOutlined />} onClick={() => setPrices(rows.filter((price) => price.key !== key))} />}
            </div>
          ))}
          {isLed && <Button className="price-add" onClick={() => setPrices([...rows, blank(Math.max(...rows.map(({ key }) => key)) + 1)])}>{t('price_add')}</Button>}
        </fieldset>
        {plan && <Checkbox className="wide" disabled={!isLed} checked={draft.ended ?? false} onChange={(event) => set({ ended: event.target.checked })}>{t('end')}</Checkbox>}
        {save.error && <div className="wide"><ProblemNote thrown={save.error} onRetry={() => void client.invalidateQueries({ queryKey: ['plans'] })} /></div>}
        {isLed && (
          <div className="wide row">
            <Button type="primary" htmlType="submit" loading={save.isPending} disabled={!isWhole}>{t('save')}</Button>
            {plan && <span className="hint">{t('save_hint')}</span>}
          </div>
        )}
      </form>
    </div>
  );
}
