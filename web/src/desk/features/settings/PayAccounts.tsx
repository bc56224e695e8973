import { Button, Input } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Schema } from '../../../api/client';

type PayAccount = Schema['PayAccount'];
const MOST = 10;
const PARTS = [['bank', 'account_bank'], ['account', 'account_number'], ['holder', 'account_holder']] as const;

/** Accounts that buyers of unpaid orders are told to pay to. */
export function PayAccounts({ accounts, onChange }: { accounts: PayAccount[]; onChange: (accounts: PayAccount[]) => void }) {
  const { t } = useTranslation('settings');
  const change = (at: number, to: Partial<PayAccount>) => onChange(accounts.map((one, n) => (n === at ? { ...one, ...to } : one)));
  return (
    <fieldset className="tiers">
      <legend>{t('shop.accounts')}</legend>
      {accounts.map((account, at) => (
        // An account is told apart by its place: its number is being written.
        // oxlint-disable-next-line react/no-array-index-key
        <div key={at} className="tier pay-account">
          {PARTS.map(([part, label]) => (
            <Input key={part} aria-label={t(`shop.${label}`)} placeholder={t(`shop.${label}`)} required maxLength={64} value={account[part]} onChange={(event) => change(at, { [part]: event.target.value })} />
          ))}
          <Button type="text" aria-label={t('shop.account_remove', { bank: account.bank })} onClick={() => onChange(accounts.filter((_, n) => n !== at))}>×</Button>
        </div>
      ))}
      <div className="row">
        <Button size="small" disabled={accounts.length >= MOST} onClick={() => onChange([...accounts, { bank: '', account: '', holder: '' }])}>{t('shop.account_add')}</Button>
        <small>{t('shop.accounts_hint')}</small>
      </div>
    </fieldset>
  );
}
