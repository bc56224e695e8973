import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Checkbox, Select } from 'antd';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { Schema } from '../../../api/client';
import { meQuery } from '../../../api/queries';
import { coverGive, coversQuery, plansQuery } from '../../../api/warranty';
import { money } from '../../../lib/format';
import { ProblemNote } from '../../../ui/ProblemNote';
import { LEADERS } from '../warranty/roles';
import { CoverList } from './CoverList';

/** What covers an order's goods have, and one more sold or given. */
export function Covers({ order }: { order: Schema['OrderDto'] }) {
  const { t } = useTranslation('order');
  const [isAdding, setAdding] = useState(false);
  const query = useQuery(coversQuery(order.id));
  return (
    <section className="panel" aria-label={t('cover.title')}>
      <header>
        <h2 className="grow">{t('cover.title')}</h2>
        {!isAdding && order.phase !== 'cancelled' && <Button size="small" onClick={() => setAdding(true)}>{t('cover.add')}</Button>}
      </header>
      {query.error && <ProblemNote thrown={query.error} onRetry={() => void query.refetch()} />}
      {query.data?.covers.length === 0 && !isAdding && <p className="muted">{t('cover.none')}</p>}
      {query.data && <CoverList covers={query.data.covers} />}
      {isAdding && <CoverForm order={order} onDone={() => setAdding(false)} />}
    </section>
  );
}

function CoverForm({ order, onDone }: { order: Schema['OrderDto']; onDone: () => void }) {
  const { t } = useTranslation('order');
  const client = useQueryClient();
  const plans = useQuery(plansQuery).data?.plans.filter(({ ended }) => !ended) ?? [];
  const role = useQuery(meQuery).data?.role;
  const [line, setLine] = useState(order.lines.length === 1 ? order.lines[0]!.id : undefined);
  const [plan, setPlan] = useState<string>();
  const [months, setMonths] = useState<number>();
  const [isGiven, setGiven] = useState(false);
  const sku = order.lines.find(({ id }) => id === line)?.sku;
  const offered = (plans.find(({ id }) => id === plan)?.prices ?? []).filter((price) => !price.sku || price.sku === sku);
  // A product's own price goes before that of every other.
  const prices = [...new Map(offered.toSorted((a, b) => Number(Boolean(a.sku)) - Number(Boolean(b.sku))).map((price) => [price.months, price])).values()];
  const price = prices.find((one) => one.months === months);
  const give = useMutation({
    mutationFn: () => coverGive(order.id, line!, { plan: plan!, months: months!, ...(isGiven && price && { premium: { minor: 0, currency: price.premium.currency } }) }),
    onSuccess: () => void client.invalidateQueries({ queryKey: ['order', order.id, 'covers'] }).then(onDone),
  });
  function submit(event: FormEvent) {
    event.preventDefault();
    give.mutate();
  }
  return (
    <form className="form" onSubmit={submit} aria-label={t('cover.add')}>
      <label>
        {t('cover.line')}
        <Select aria-label={t('cover.line')} value={line ?? null} options={order.lines.map(({ id, title }) => ({ value: id, label: title }))} onChange={setLine} />
      </label>
      <label>
        {t('cover.plan')}
        <Select aria-label={t('cover.plan')} value={plan ?? null} options={plans.map(({ id, name }) => ({ value: id, label: name }))} notFoundContent={t('cover.no_plans')} onChange={(next: string) => { setPlan(next); setMonths(undefined); }} />
      </label>
      <label>
        {t('cover.months')}
        <Select aria-label={t('cover.months')} value={months ?? null} options={prices.map((one) => ({ value: one.months, label: t('cover.months_price', { count: one.months, amount: money(one.premium) }) }))} onChange={setMonths} />
      </label>
      {role && LEADERS.has(role) && <Checkbox checked={isGiven} onChange={(event) => setGiven(event.target.checked)}>{t('cover.give')}</Checkbox>}
      {give.error && <ProblemNote thrown={give.error} />}
      <div className="row">
        <Button type="primary" htmlType="submit" loading={give.isPending} disabled={!line || !plan || !months}>{t(isGiven ? 'cover.submit_give' : 'cover.submit_sell')}</Button>
        <Button onClick={onDone}>{t('common:act.cancel')}</Button>
      </div>
    </form>
  );
}
