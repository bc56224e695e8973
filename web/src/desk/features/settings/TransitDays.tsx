import { Button, Input, InputNumber } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

type Days = Record<string, number>;
const MOST = 50;
const DAYS_MAX = 90;

/** How many days a parcel takes at most with each carrier. */
export function TransitDays({ days, onChange }: { days: Days; onChange: (days: Days) => void }) {
  const { t } = useTranslation('settings');
  const [carrier, setCarrier] = useState('');
  const without = (name: string) => Object.fromEntries(Object.entries(days).filter(([one]) => one !== name));
  const name = carrier.trim();
  return (
    <fieldset className="tiers">
      <legend>{t('shop.transit')}</legend>
      {Object.entries(days).map(([one, count]) => (
        <div key={one} className="row">
          <span className="grow ellipsis">{one}</span>
          <InputNumber aria-label={t('shop.transit_days', { carrier: one })} min={1} max={DAYS_MAX} precision={0} suffix={t('shop.days')} value={count} onChange={(value) => value !== null && onChange({ ...days, [one]: value })} />
          <Button type="text" aria-label={t('shop.transit_remove', { carrier: one })} onClick={() => onChange(without(one))}>×</Button>
        </div>
      ))}
      <div className="row">
        <Input aria-label={t('shop.carrier')} placeholder={t('shop.carrier')} maxLength={64} value={carrier} onChange={(event) => setCarrier(event.target.value)} />
        <Button
          size="small"
          disabled={!name || name in days || Object.keys(days).length >= MOST}
          onClick={() => {
            onChange({ ...days, [name]: 3 });
            setCarrier('');
          }}
        >
          {t('shop.transit_add')}
        </Button>
      </div>
      <small>{t('shop.transit_hint')}</small>
    </fieldset>
  );
}
