import { useTranslation } from 'react-i18next';
import { money } from '../../lib/format';
import { Choice, Field, Words } from '../ui/Field';
import type { Part } from './Parts';
import { asksAmount, isRefusedParcel, needsAmount, needsLines } from './request';
import { asksIntact } from './rights';

/** What belongs to this kind and reason, and nothing else. */
export function Details({ order, draft, change }: Part) {
  const { t } = useTranslation('portal_apply');
  const { kind, reason } = draft;
  const isNeeded = needsAmount(kind, order.phase);
  return (
    <section className="card details">
      <h2>{t('details')}</h2>
      {asksIntact(order, kind!, reason!) && (
        <Choice
          name="intact"
          label={t('intact')}
          options={[{ value: 'yes', label: t('intact_yes') }, { value: 'no', label: t('intact_no') }]}
          value={draft.intact === undefined ? undefined : draft.intact ? 'yes' : 'no'}
          onPick={(value) => change({ intact: value === 'yes' })}
        />
      )}
      {asksAmount(kind) && (
        <Field
          label={t(isNeeded ? 'amount_needed' : 'amount')}
          hint={t(isNeeded ? 'amount_needed_hint' : 'amount_hint', { paid: money(order.paid) })}
          inputMode="decimal"
          type="number"
          min="0"
          step="0.01"
          value={draft.amount ?? ''}
          onText={(amount) => change({ amount })}
        />
      )}
      {isRefusedParcel(kind, order.phase) && (
        <>
          <p className="told">{t('refused_parcel')}</p>
          <Field label={t('carrier')} value={draft.carrier ?? ''} onText={(carrier) => change({ carrier })} />
          <Field label={t('waybill')} value={draft.waybill ?? ''} onText={(waybill) => change({ waybill })} autoComplete="off" />
        </>
      )}
      <Words
        label={t(needsLines(kind) ? 'text' : 'text_needed')}
        hint={t(kind === 'exchange' ? 'text_hint_exchange' : 'text_hint')}
        value={draft.text ?? ''}
        onText={(text) => change({ text })}
      />
    </section>
  );
}
