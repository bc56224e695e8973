import { Button, Input, Select } from 'antd';
import { useState } from 'react';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { CASE_KINDS } from '../../kinds';
import { useHandlers, useReasons } from '../../names';
import { DAYS, FILTERS, type Filter, type QueueSearch } from './views';

const STATUSES = [
  'awaiting_decision', 'awaiting_answer', 'awaiting_choice', 'awaiting_return', 'return_on_the_way', 'awaiting_refund',
  'refund_on_the_way', 'refund_in_trouble', 'awaiting_replacement', 'replacement_on_the_way', 'awaiting_difference',
  'awaiting_repair', 'repaired_on_the_way', 'awaiting_send_back', 'awaiting_steps', 'awaiting_payment', 'awaiting_dispatch', 'on_trial', 'awaiting_ruling', 'refused', 'closed',
];
const PRIORITIES = ['high', 'medium', 'low'];
const SEVERITIES = ['critical', 'high', 'medium', 'low'];
// What is asked for less often stands in a second line.
const RARER: readonly Filter[] = ['priority', 'severity', 'tag', 'clause', ...DAYS];
const PARTIES = ['shop', 'buyer', 'platform', 'provider'];

/** Filters laid over the view; each stands in the address. */
export function Filters({ search }: { search: QueueSearch }) {
  const { t } = useTranslation('queue');
  const navigate = useNavigate();
  const handlers = useHandlers();
  const { reasons } = useReasons();

  const named = (values: readonly string[], group: string) => values.map((value) => ({ value, label: t(`common:${group}.${value}`) }));
  const options: Partial<Record<Filter, { value: string; label: string }[]>> = {
    kind: named(CASE_KINDS, 'kind'),
    status: named(STATUSES, 'status'),
    reason: reasons.map(({ code, title }) => ({ value: code, label: title })),
    awaiting: named(PARTIES, 'awaiting'),
    assignee: [
      { value: 'me', label: t('assignee_me') },
      { value: 'nobody', label: t('assignee_nobody') },
      ...handlers.map(({ id, display_name }) => ({ value: id, label: display_name })),
    ],
    priority: named(PRIORITIES, 'priority'),
    severity: named(SEVERITIES, 'severity'),
  };
  const set = (filter: Filter, value: string | undefined) =>
    void navigate({ to: '/queue', search: { ...search, [filter]: value || undefined }, replace: true });
  const [opened, setOpened] = useState(false);
  const isWide = opened || RARER.some((filter) => search[filter]);
  const active = FILTERS.filter((filter) => search[filter] !== undefined);

  return (
    <div className="filters" role="group" aria-label={t('filters')}>
      {Object.entries(options).filter(([filter]) => isWide || !RARER.includes(filter as Filter)).map(([filter, choices]) => {
        const name = filter as Filter;
        const many = name === 'status';
        const value = search[name];
        return (
          <Select
            key={filter}
            size="small"
            variant="filled"
            className={value ? 'filter-on' : undefined}
            aria-label={t(`filter.${filter}`)}
            placeholder={t(`filter.${filter}`)}
            allowClear
            showSearch={{ optionFilterProp: 'label' }}
            popupMatchSelectWidth={false}
            // As long as the longest list: one that scrolls can't be reached by keys alone.
            listHeight={360}
            options={choices}
            {...(many ? { mode: 'multiple' as const, maxTagCount: 1 } : {})}
            value={many ? (value?.split(',') ?? []) : value}
            onChange={(next: string | string[] | undefined) => set(name, Array.isArray(next) ? next.join(',') : next)}
          />
        );
      })}
      {isWide && <Written search={search} onChange={set} />}
      <Button size="small" type="text" aria-expanded={isWide} onClick={() => setOpened(!isWide)}>
        {t(isWide ? 'filters_fewer' : 'filters_more')}
      </Button>
      {active.length > 0 && (
        <Button
          size="small"
          type="text"
          onClick={() => void navigate({ to: '/queue', search: search.view ? { view: search.view } : {}, replace: true })}
        >
          {t('clear_filters', { count: active.length })}
        </Button>
      )}
    </div>
  );
}

/** Filters that are written: a tag, a clause by its number, days. */
function Written({ search, onChange }: { search: QueueSearch; onChange: (filter: Filter, value: string | undefined) => void }) {
  const { t } = useTranslation('queue');
  return (
    <>
      {(['tag', 'clause'] as const).map((name) => (
        <Input
          key={`${name} ${search[name]}`}
          size="small"
          variant="filled"
          className="filter-word"
          aria-label={t(`filter.${name}`)}
          placeholder={t(`filter.${name}`)}
          allowClear
          defaultValue={search[name]}
          onPressEnter={(event) => onChange(name, event.currentTarget.value.trim())}
          onBlur={(event) => onChange(name, event.currentTarget.value.trim())}
          onClear={() => onChange(name, undefined)}
        />
      ))}
      {DAYS.map((name) => (
        <label key={name} className="filter-day">
          {t(`filter.${name}`)}
          <input type="date" value={search[name] ?? ''} onChange={(event) => onChange(name, event.target.value)} />
        </label>
      ))}
    </>
  );
}
