// The options put before the buyer: what he gets, what he pays, how long it takes. He takes one, or none
// and says what would do.
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Schema } from '../../api/client';
import { useDraft } from '../../lib/draft';
import { length, money } from '../../lib/format';
import { isDeclined } from '../../api/problem';
import { caseCommand, type Case } from '../buyer';
import { Trouble } from '../ui/Trouble';
import { ActionForm } from './ActionForm';

function usePlan(plan: Schema['PlanDto']): string[] {
  const { t } = useTranslation('portal_case');
  return [
    plan.amount.minor > 0 && t('plan.refund', { amount: money(plan.amount) }),
    plan.compensation.minor > 0 && t('plan.compensation', { amount: money(plan.compensation) }),
    plan.replacement && t('plan.replacement', { title: plan.replacement.title }),
    plan.buyer_pays && plan.buyer_pays.minor > 0 && t('plan.buyer_pays', { amount: money(plan.buyer_pays) }),
    ...plan.extras.map((one) => t(`plan.extra.${one.extra}`, { worth: one.worth ? money(one.worth) : '', months: one.months, count: one.count })),
    /return|exchange|repair/.test(plan.route) && t(`plan.freight.${plan.return_freight}`),
    plan.trial && t('plan.trial', { length: length(plan.trial) }),
    plan.done_in && t('plan.done_in', { length: length(plan.done_in) }),
  ].filter((line): line is string => Boolean(line));
}

function Option({ option, canChoose, busy, onTake }: { option: Schema['OptionDto']; canChoose: boolean; busy: boolean; onTake: () => void }) {
  const { t } = useTranslation('portal_case');
  const [isAsked, setAsked] = useState(false);
  const lines = usePlan(option.plan);
  return (
    <li className="option">
      <h3>{option.clause.title}</h3>
      <ul>{lines.map((line) => <li key={line}>{line}</li>)}</ul>
      {canChoose && !isAsked && <button type="button" className="button" onClick={() => setAsked(true)}>{t('offer.take')}</button>}
      {canChoose && isAsked && (
        <div className="confirm" role="group" aria-label={option.clause.title}>
          <p>{t('offer.sure')}</p>
          <div className="pair">
            <button type="button" className="button primary" disabled={busy} onClick={onTake}>{t(busy ? 'sending' : 'offer.confirm')}</button>
            <button type="button" className="button" disabled={busy} onClick={() => setAsked(false)}>{t('offer.back')}</button>
          </div>
        </div>
      )}
    </li>
  );
}

export function Offer({ data, said, reload }: { data: Case; said: string | null | undefined; reload: () => Promise<void> }) {
  const { t } = useTranslation('portal_case');
  const [key, keepKey] = useDraft(`choose.${data.id}`);
  const [thrown, setThrown] = useState<unknown>();
  const [busy, setBusy] = useState(false);
  const { offer } = data;
  if (!offer?.open) return null;

  async function take(option: number) {
    // Kept, so that a press after a reload with the answer lost is the same command.
    const mine = key.startsWith(`${option}:`) ? key : `${option}:${crypto.randomUUID()}`;
    keepKey(mine);
    setBusy(true);
    setThrown(undefined);
    try {
      await caseCommand(data.id, 'choose', { offer: offer!.number, option }, { key: mine.slice(2), terms: data.terms });
      keepKey('');
    } catch (caught) {
      setThrown(caught);
      if (isDeclined(caught)) keepKey('');
    } finally {
      await reload();
      setBusy(false);
    }
  }
  return (
    <section className="card offer">
      <h2>{t('offer.title')}</h2>
      {said && <p className="said">{said}</p>}
      <p className="muted">{t('offer.hint')}</p>
      <ol>
        {offer.options.map((option) => (
          <Option key={option.option} option={option} canChoose={data.next.includes('choose')} busy={busy} onTake={() => void take(option.option)} />
        ))}
      </ol>
      {thrown !== undefined && <Trouble thrown={thrown} />}
      {data.next.includes('decline_offer') && (
        <details className="more">
          <summary>{t('action.decline_offer.title')}</summary>
          <ActionForm data={data} action="decline_offer" fixed={{ offer: offer.number }} reload={reload} />
        </details>
      )}
    </section>
  );
}
