import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useDraft } from '../../lib/draft';
import { forForm, inShopTime, minorOf } from '../../lib/format';
import { serverClock } from '../../lib/clock';
import { isDeclined } from '../../api/problem';
import { caseCommand, type Case } from '../buyer';
import { Choice, Field, Words } from '../ui/Field';
import { Trouble } from '../ui/Trouble';
import { SPECS, type FieldSpec } from './specs';

type Values = Record<string, string>;

function read(kept: string): { key: string; values: Values } {
  try {
    return JSON.parse(kept) as { key: string; values: Values };
  } catch {
    return { key: crypto.randomUUID(), values: {} };
  }
}

function sent({ name, kind }: FieldSpec, written: string, currency: string): unknown {
  if (kind === 'yes') return written === 'yes';
  if (kind === 'moment') return inShopTime(written);
  if (kind === 'money') return { minor: minorOf(Number(written), currency), currency };
  return name === 'waybill' ? written.replaceAll(/\s/g, '') : written.trim();
}

interface Props {
  data: Case;
  action: string;
  /** What goes along unasked. */
  fixed?: object;
  reload: () => Promise<void>;
  onDone?: () => void;
}

/** An action of the buyer's: what it does, what it needs, and its one button. */
export function ActionForm({ data, action, fixed, reload, onDone }: Props) {
  const { t } = useTranslation('portal_case');
  const { route, fields: all, terms, danger } = SPECS[action]!;
  // Where no money is asked for, there is none to change.
  const fields = all.filter(({ name }) => name !== 'amount' || data.claim.amount.minor > 0);
  const [kept, keep] = useDraft(`${action}.${data.id}`);
  const [first, setFirst] = useState(() => read(kept));
  const draft = kept ? read(kept) : first;
  const [thrown, setThrown] = useState<unknown>();
  const [busy, setBusy] = useState(false);
  const [isTried, setTried] = useState(false);
  const put = (name: string, text: string) => keep(JSON.stringify({ key: draft.key, values: { ...draft.values, [name]: text } }));
  const isMissing = fields.some(({ name, optional }) => !optional && !draft.values[name]?.trim());

  async function submit(event: FormEvent) {
    event.preventDefault();
    setTried(true);
    if (isMissing || busy) return;
    const { currency } = data.claim.amount;
    const given = fields.filter(({ name }) => draft.values[name]?.trim());
    const command = { ...fixed, ...Object.fromEntries(given.map((field) => [field.name, sent(field, draft.values[field.name]!, currency)])) };
    setBusy(true);
    setThrown(undefined);
    try {
      await caseCommand(data.id, route, command, { key: draft.key, ...(terms ? { terms: data.terms } : {}) });
      keep('');
      // Said once more, it is another thing said.
      setFirst({ key: crypto.randomUUID(), values: {} });
      setTried(false);
      await reload();
      onDone?.();
    } catch (caught) {
      setThrown(caught);
      // A stale view is read anew, so that the next press decides on what is seen.
      if (isDeclined(caught)) {
        keep(JSON.stringify({ key: crypto.randomUUID(), values: draft.values }));
        await reload();
      }
    } finally {
      setBusy(false);
    }
  }

  return (
    <form className="action-form" onSubmit={(event) => void submit(event)} noValidate>
      <p>{t(`action.${action}.hint`)}</p>
      {fields.map(({ name, kind, optional }) => {
        const label = t(`action.${action}.${name}`) + (optional ? t('optional') : '');
        const value = draft.values[name] ?? '';
        const shared = { label, value, onText: (text: string) => put(name, text) };
        if (kind === 'words') return <Words key={name} {...shared} />;
        if (kind === 'yes') {
          const options = ['yes', 'no'].map((one) => ({ value: one, label: t(`action.${action}.${one}`) }));
          return <Choice key={name} name={`${action}-${name}`} label={label} options={options} value={value} onPick={shared.onText} />;
        }
        if (kind === 'moment') return <Field key={name} {...shared} type="datetime-local" min={forForm(serverClock.now())} />;
        if (kind === 'money') return <Field key={name} {...shared} type="number" inputMode="decimal" min="0" step="0.01" />;
        return <Field key={name} {...shared} autoComplete="off" {...(name === 'waybill' ? { autoCapitalize: 'characters', inputMode: 'text' as const } : {})} />;
      })}
      {thrown !== undefined && <Trouble thrown={thrown} />}
      {isTried && isMissing && <p role="alert" className="bad">{t('missing')}</p>}
      <button type="submit" className={danger ? 'button danger' : 'button primary'} disabled={busy}>
        {t(busy ? 'sending' : `action.${action}.confirm`)}
      </button>
    </form>
  );
}
