import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Checkbox, Input, InputNumber, Select } from 'antd';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { Schema } from '../../../api/client';
import { shopQuery } from '../../../api/queries';
import { settingsPut } from '../../../api/shop';
import { digitsOf, minorOf } from '../../../lib/format';
import { LANGUAGES } from '../../../lib/i18n';
import { ProblemNote } from '../../../ui/ProblemNote';
import { PayAccounts } from './PayAccounts';
import { Tiers } from './Tiers';
import { TransitDays } from './TransitDays';

type Settings = Schema['SettingsDto'];
const LIMITS = ['refund_limit_agent', 'refund_limit_supervisor', 'refund_limit_manager'] as const;
// What the service does where nothing is said.
const USUAL: Schema['NoticeSettingsDto'] = { channels: null, language: 'zh-CN', sms_from_hour: 8, sms_until_hour: 22, page_address: '', staff_mail: {} };
// A comma, and the two of Chinese.
const SEPARATORS = [',', '\uff0c', '\u3001'];
const CHANNELS: Schema['NoticeChannel'][] = ['mail', 'sms'];
const DAY_MINUTES = 1_440;

const timeOf = (minute: number) => `${String(Math.floor((minute % DAY_MINUTES) / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
const minuteOf = (time: string) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));

export function ShopSettings() {
  const shop = useQuery(shopQuery).data;
  return shop ? <Form shop={shop} /> : null;
}

/** What the shop decides for itself; saved as a whole, as the service keeps it. */
function Form({ shop }: { shop: Schema['ShopDto'] }) {
  const { t } = useTranslation('settings');
  const client = useQueryClient();
  const [settings, setSettings] = useState<Settings>(shop.settings);
  const save = useMutation({
    mutationFn: () => settingsPut(settings),
    onSuccess: (saved) => {
      setSettings(saved);
      client.setQueryData(shopQuery.queryKey, (before) => before && { ...before, settings: saved });
    },
  });
  const set = (change: Partial<Settings>) => setSettings((before) => ({ ...before, ...change }));
  const hours = settings.opening_hours;
  const notices = settings.notices ?? USUAL;
  const scale = 10 ** digitsOf(shop.currency);
  const isChanged = JSON.stringify(settings) !== JSON.stringify(shop.settings);
  function submit(event: FormEvent) {
    event.preventDefault();
    save.mutate();
  }
  return (
    <form className="form" onSubmit={submit}>
      <p className="muted">{t('shop.fixed', { name: shop.name, zone: shop.time_zone, currency: shop.currency })}</p>
      <label>
        {t('shop.return_address')}
        <Input.TextArea autoSize={{ minRows: 2 }} maxLength={500} value={settings.return_address ?? ''} onChange={(event) => set({ return_address: event.target.value })} />
      </label>
      <label>
        {t('shop.direct_line')}
        <Input maxLength={100} value={settings.direct_line ?? ''} onChange={(event) => set({ direct_line: event.target.value })} />
      </label>
      {LIMITS.map((name) => (
        <label key={name}>
          {t(`shop.${name}`)}
          <InputNumber min={0} precision={digitsOf(shop.currency)} suffix={shop.currency} controls={false} value={settings[name] ? settings[name].minor / scale : null} onChange={(value) => set({ [name]: value === null ? null : { minor: minorOf(value, shop.currency), currency: shop.currency } })} />
        </label>
      ))}
      <label>
        {t('shop.calendar')}
        <Select aria-label={t('shop.calendar')} value={settings.calendar ?? ''} options={[{ value: 'cn', label: t('shop.calendar_cn') }, { value: '', label: t('shop.calendar_none') }]} onChange={(calendar: string) => set({ calendar: calendar || null })} />
      </label>
      <Checkbox checked={Boolean(hours)} onChange={(event) => set({ opening_hours: event.target.checked ? { from_minute: 540, to_minute: 1080, on_days: 'working_days' } : null })}>
        {t('shop.has_hours')}
      </Checkbox>
      {hours && (
        <div className="hours">
          <label>
            {t('shop.from')}
            <input type="time" required value={timeOf(hours.from_minute)} onChange={(event) => event.target.value && set({ opening_hours: { ...hours, from_minute: minuteOf(event.target.value) } })} />
          </label>
          <label>
            {t('shop.to')}
            <input type="time" required value={timeOf(hours.to_minute)} onChange={(event) => event.target.value && set({ opening_hours: { ...hours, to_minute: minuteOf(event.target.value) || DAY_MINUTES } })} />
          </label>
          <label>
            {t('shop.on_days')}
            <Select aria-label={t('shop.on_days')} value={hours.on_days} options={(['working_days', 'every_day'] as const).map((value) => ({ value, label: t(`shop.${value}`) }))} onChange={(on_days) => set({ opening_hours: { ...hours, on_days } })} />
          </label>
        </div>
      )}
      <label>
        {t('shop.tags')}
        <Select aria-label={t('shop.tags')} mode="tags" open={false} suffixIcon={null} tokenSeparators={SEPARATORS} value={settings.tags ?? []} onChange={(tags: string[]) => set({ tags })} />
      </label>
      <Tiers tiers={settings.tiers ?? []} onChange={(tiers) => set({ tiers })} />
      <TransitDays days={settings.transit_days ?? {}} onChange={(transit_days) => set({ transit_days })} />
      <PayAccounts accounts={settings.pay_accounts ?? []} onChange={(accounts) => set({ pay_accounts: accounts })} />
      <fieldset className="checks">
        <legend>{t('shop.channels')}</legend>
        <Checkbox.Group
          value={notices.channels ?? []}
          options={CHANNELS.map((value) => ({ value, label: t(`channel.${value}`) }))}
          onChange={(channels) => set({ notices: { ...notices, channels: channels.length > 0 ? channels : null } })}
        />
        <small>{t('shop.channels_usual')}</small>
      </fieldset>
      <label>
        {t('shop.language')}
        <Select aria-label={t('shop.language')} value={notices.language ?? 'zh-CN'} options={LANGUAGES.map((value) => ({ value, label: t(`common:language.${value}`) }))} onChange={(language) => set({ notices: { ...notices, language } })} />
      </label>
      <label>
        {t('shop.page_address')}
        <Input type="url" maxLength={200} value={notices.page_address ?? ''} onChange={(event) => set({ notices: { ...notices, page_address: event.target.value.trim() } })} />
        <small>{t('shop.page_address_hint')}</small>
      </label>
      <div className="hours">
        {(['sms_from_hour', 'sms_until_hour'] as const).map((name) => (
          <label key={name}>
            {t(`shop.${name}`)}
            <InputNumber min={0} max={24} precision={0} value={notices[name] ?? null} onChange={(hour) => hour !== null && set({ notices: { ...notices, [name]: hour } })} />
          </label>
        ))}
      </div>
      {save.error && <ProblemNote thrown={save.error} />}
      {save.isSuccess && !isChanged && <p className="said-ok" role="status">{t('saved')}</p>}
      <div>
        <Button type="primary" htmlType="submit" loading={save.isPending} disabled={!isChanged}>
          {t('save')}
        </Button>
      </div>
    </form>
  );
}
