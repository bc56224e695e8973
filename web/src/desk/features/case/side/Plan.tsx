import { useTranslation } from 'react-i18next';
import type { Schema } from '../../../../api/client';
import { length, money } from '../../../../lib/format';

/** What a remedy gives the buyer, in one line each. */
export function Plan({ plan }: { plan: Schema['PlanDto'] }) {
  const { t } = useTranslation('case');
  const lines = [
    plan.amount.minor > 0 && t('plan.refund', { amount: money(plan.amount) }),
    plan.compensation.minor > 0 && t('plan.compensation', { amount: money(plan.compensation) }),
    plan.replacement && t('plan.replacement', { title: plan.replacement.title }),
    plan.buyer_pays && plan.buyer_pays.minor > 0 && t('plan.buyer_pays', { amount: money(plan.buyer_pays) }),
    ...plan.extras.map((extra) => t(`plan.extra.${extra.extra}`, {
      worth: extra.worth ? money(extra.worth) : '',
      months: extra.months ?? 0,
      count: extra.count ?? 0,
    })),
    (plan.route === 'return_and_refund' || plan.route === 'exchange' || plan.route === 'repair') && t(`plan.freight_${plan.return_freight}`),
    plan.trial && t('plan.trial', { length: length(plan.trial) }),
    plan.done_in && t('plan.done_in', { length: length(plan.done_in) }),
  ].filter(Boolean);
  return <p className="plan">{lines.join(' · ')}</p>;
}

/** What it costs the shop, with its parts when asked. */
export function Cost({ cost }: { cost: Schema['CostDto'] }) {
  const { t } = useTranslation('case');
  const amount = (minor: number) => money({ minor, currency: cost.currency });
  const parts = (['goods', 'compensation', 'freight', 'extras'] as const)
    .map((part) => [part, cost[`${part}_minor`]] as const)
    .filter(([, minor]) => minor !== 0)
    .map(([part, minor]) => t(`cost.${part}`, { amount: amount(minor) }));
  if (cost.residual_minor !== 0) parts.push(t('cost.residual', { amount: amount(cost.residual_minor) }));
  return (
    <span title={parts.join('\n')}>
      {t('cost.total')} <b>{amount(cost.total_minor)}</b>
      {parts.length > 1 && (
        <small className="muted cost-parts">
          {parts.map((part) => (
            <span key={part}>{part}</span>
          ))}
        </small>
      )}
    </span>
  );
}
