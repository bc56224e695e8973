import { Button, Input, InputNumber, Segmented, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { exists } from 'i18next';
import { digitsOf, forForm } from '../../../../lib/format';
import { serverClock } from '../../../../lib/clock';
import { FindingsInput, SharesInput } from './TableInputs';
import type { Field, Sources } from './specs';
import type { LineFinding, Share } from './values';

interface Props {
  field: Field;
  action: string;
  value: unknown;
  currency: string;
  sources: Sources;
  isFirst: boolean;
  wanting: boolean;
  onChange: (value: unknown) => void;
}

const LONGEST = 10_000;

export function FieldInput(props: Props) {
  const { t } = useTranslation('case');
  const { field, action, wanting } = props;
  const own = `actions:field_of.${action}.${field.name}`;
  const label = exists(own) ? t(own) : t(`actions:field.${field.name}`);
  return (
    <div className="field" data-wanting={wanting || undefined}>
      <label htmlFor={`field-${field.name}`}>
        {label}
        {field.optional && <span className="muted">{t('optional')}</span>}
      </label>
      <Control {...props} label={label} id={`field-${field.name}`} />
      {wanting && <span className="field-wanting">{t(field.kind === 'shares' ? 'wanting_shares' : 'wanting')}</span>}
    </div>
  );
}

function Control({ field, value, currency, sources, isFirst, wanting, onChange, label, id }: Props & { label: string; id: string }) {
  const { t } = useTranslation('case');
  const status = wanting ? { status: 'error' as const } : {};
  switch (field.kind) {
    case 'line':
      return <Input id={id} autoFocus={isFirst} maxLength={200} value={(value as string) ?? ''} {...status} onChange={(event) => onChange(event.target.value)} />;
    case 'words':
      return (
        <Input.TextArea id={id} autoFocus={isFirst} maxLength={LONGEST} autoSize={{ minRows: 2, maxRows: 8 }} value={(value as string) ?? ''} {...status} onChange={(event) => onChange(event.target.value)} />
      );
    case 'money':
      return (
        <InputNumber id={id} autoFocus={isFirst} min={0} precision={digitsOf(currency)} suffix={currency} controls={false} value={value as number | null} {...status} onChange={onChange} />
      );
    case 'count':
      return <InputNumber id={id} autoFocus={isFirst} min={0} max={1_000} precision={0} value={value as number | null} {...status} onChange={onChange} />;
    case 'choice':
    case 'many':
      return (
        <Select
          id={id}
          aria-label={label}
          autoFocus={isFirst}
          allowClear={field.optional ?? false}
          showSearch={{ optionFilterProp: 'label' }}
          options={field.options?.(sources) ?? []}
          value={value as string}
          {...(field.kind === 'many' ? { mode: 'multiple' as const } : {})}
          {...status}
          onChange={onChange}
        />
      );
    case 'tags':
      return <Select id={id} aria-label={label} autoFocus mode="tags" options={sources.tags} value={value as string[]} onChange={onChange} />;
    case 'yes':
      return (
        <Segmented
          id={id}
          aria-label={label}
          value={value === undefined ? (field.optional ? 'unsaid' : '') : String(value)}
          options={[
            { value: 'true', label: t('yes') },
            { value: 'false', label: t('no') },
            ...(field.optional ? [{ value: 'unsaid', label: t('unsaid') }] : []),
          ]}
          onChange={(next) => onChange(next === 'unsaid' ? undefined : next === 'true')}
        />
      );
    case 'moment':
      return <MomentInput id={id} value={value as string | undefined} onChange={onChange} />;
    case 'findings':
      return <FindingsInput value={(value ?? []) as LineFinding[]} lineTitle={sources.lineTitle} onChange={onChange} />;
    case 'shares':
      return <SharesInput value={(value ?? []) as Share[]} word={sources.word} onChange={onChange} />;
  }
}

const HOUR_MS = 3_600_000;
const AHEAD_HOURS = [2, 24, 48];

/** A moment on the shop's clock: written, or so many hours from now. */
function MomentInput({ id, value, onChange }: { id: string; value: string | undefined; onChange: (value: string) => void }) {
  const { t } = useTranslation('case');
  return (
    <div className="row moment-input">
      <input id={id} type="datetime-local" min={forForm(serverClock.now())} value={value ?? ''} onChange={(event) => onChange(event.target.value)} />
      {AHEAD_HOURS.map((hours) => (
        <Button key={hours} size="small" onClick={() => onChange(forForm(serverClock.now() + hours * HOUR_MS))}>
          {t('in_hours', { count: hours })}
        </Button>
      ))}
    </div>
  );
}
