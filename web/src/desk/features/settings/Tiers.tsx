import { Button, Input, InputNumber } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Schema } from '../../../api/client';

type Tier = Schema['Tier'];
const MOST = 20;
const LONGEST_PAUSE = 730;

/** The tiers a shop gives its buyers, and what each brings. */
export function Tiers({ tiers, onChange }: { tiers: Tier[]; onChange: (tiers: Tier[]) => void }) {
  const { t } = useTranslation('settings');
  const change = (at: number, to: Partial<Tier>) => onChange(tiers.map((tier, n) => (n === at ? { ...tier, ...to } : tier)));
  return (
    <fieldset className="tiers">
      <legend>{t('shop.tiers')}</legend>
      {tiers.map((tier, at) => (
        // A tier is told apart by its place: its code is being written.
        // oxlint-disable-next-line react/no-array-index-key
        <div key={at} className="tier">
          <Input aria-label={t('shop.tier_code')} placeholder={t('shop.tier_code')} required pattern="[a-z0-9_]{1,32}" maxLength={32} value={tier.code} onChange={(event) => change(at, { code: event.target.value })} />
          <Input aria-label={t('shop.tier_title')} placeholder={t('shop.tier_title')} required maxLength={30} value={tier.title} onChange={(event) => change(at, { title: event.target.value })} />
          <InputNumber aria-label={t('shop.tier_discount')} placeholder={t('shop.tier_discount')} min={0} max={100} precision={0} controls={false} {...(tier.discount_percent ? { suffix: '%' } : {})} value={tier.discount_percent ?? null} onChange={(value) => change(at, { discount_percent: value })} />
          <InputNumber aria-label={t('shop.tier_visits')} placeholder={t('shop.tier_visits')} min={1} max={LONGEST_PAUSE} precision={0} controls={false} {...(tier.visit_days ? { suffix: t('shop.tier_days') } : {})} value={tier.visit_days ?? null} onChange={(value) => change(at, { visit_days: value })} />
          <Input aria-label={t('shop.tier_gives')} placeholder={t('shop.tier_gives')} maxLength={500} value={tier.gives ?? ''} onChange={(event) => change(at, { gives: event.target.value })} />
          <Button type="text" aria-label={t('shop.tier_remove', { title: tier.title })} onClick={() => onChange(tiers.filter((_, n) => n !== at))}>×</Button>
        </div>
      ))}
      <div className="row">
        <Button size="small" disabled={tiers.length >= MOST} onClick={() => onChange([...tiers, { code: '', title: '', gives: '' }])}>{t('shop.tier_add')}</Button>
        <small>{t('shop.tiers_hint')}</small>
      </div>
    </fieldset>
  );
}
