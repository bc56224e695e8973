import { useQuery } from '@tanstack/react-query';
import { Segmented } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { planSumsQuery, plansQuery } from '../../../api/warranty';
import { moment, money } from '../../../lib/format';
import { Empty } from '../../../ui/Empty';
import { ProblemNote } from '../../../ui/ProblemNote';

const SPANS = [30, 90, 365] as const;
const DAY_MS = 86_400_000;

/** What plans came to: premiums, claims, what was settled, and how much of the premiums that took. */
export function Figures() {
  const { t } = useTranslation('warranty');
  const [days, setDays] = useState<(typeof SPANS)[number]>(30);
  // Fixed while it is shown: a moment that moves would ask again and again.
  const [now] = useState(() => Date.now());
  const query = useQuery(planSumsQuery(new Date(now - days * DAY_MS).toISOString()));
  const names = new Map(useQuery(plansQuery).data?.plans.map(({ id, name }) => [id, name]));
  const sums = query.data;
  return (
    <div className="page-body">
      <section className="panel" aria-label={t('part.figures')}>
        <div className="row">
          <span className="grow">{sums && <span className="hint">{t('figures.span', { from: moment(sums.from), until: moment(sums.until) })}</span>}</span>
          <Segmented aria-label={t('figures.days')} value={days} options={SPANS.map((value) => ({ value, label: t('figures.last', { count: value }) }))} onChange={setDays} />
        </div>
        {query.error && <ProblemNote thrown={query.error} onRetry={() => void query.refetch()} />}
        {sums?.plans.length === 0 && <Empty title={t('figures.none')} hint={t('figures.none_hint')} />}
        {sums && sums.plans.length > 0 && (
          <div className="table-scroll">
            <table className="table">
              <thead>
                <tr>{(['plan', 'covers', 'premiums', 'claims', 'open', 'settled', 'loss'] as const).map((name) => <th key={name} scope="col">{t(`figures.${name}`)}</th>)}</tr>
              </thead>
              <tbody>
                {sums.plans.map((sum) => (
                  <tr key={sum.plan + sum.premiums.currency}>
                    <td>{names.get(sum.plan)}</td>
                    <td>{sum.covers}</td>
                    <td>{money(sum.premiums)}</td>
                    <td>{sum.claims}</td>
                    <td>{sum.open > 0 ? t('figures.open_asked', { count: sum.open, amount: money(sum.open_asked) }) : 0}</td>
                    <td>{money(sum.settled)}</td>
                    <td>{typeof sum.loss_percent === 'number' ? `${sum.loss_percent}%` : t('figures.no_premium')}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        )}
        <p className="hint">{t('figures.loss_hint')}</p>
      </section>
    </div>
  );
}
