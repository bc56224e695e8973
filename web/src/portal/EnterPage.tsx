// The way in without a link: order number, the end of the phone number, and a code sent to the buyer.
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { serverClock, useNow } from '../lib/clock';
import { useDraft } from '../lib/draft';
import { askCode, redeemCode } from './buyer';
import { go } from './route';
import { link } from './session';
import { Field } from './ui/Field';
import { Trouble } from './ui/Trouble';

const AGAIN_MS = 60_000;
const shop = new URLSearchParams(window.location.search).get('shop');

export function EnterPage() {
  const { t } = useTranslation();
  const [number, setNumber] = useDraft('enter.number');
  const [tail, setTail] = useState('');
  const [code, setCode] = useState('');
  const [sentAt, setSentAt] = useState<number>();
  const [thrown, setThrown] = useState<unknown>();
  const [busy, setBusy] = useState(false);
  const wait = useNow((now) => (sentAt === undefined ? 0 : Math.max(0, Math.ceil((sentAt + AGAIN_MS - now) / 1_000))));
  const known = { order_number: number.trim(), phone_tail: tail, ...(shop ? { shop } : {}) };

  async function tell(deed: () => Promise<void>) {
    setBusy(true);
    setThrown(undefined);
    await deed().catch(setThrown);
    setBusy(false);
  }
  const send = () =>
    tell(async () => {
      await askCode(known);
      setSentAt(serverClock.now());
    });
  const enter = () =>
    tell(async () => {
      const token = await redeemCode({ ...known, code });
      go('#/', true);
      link.set(token);
    });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void (sentAt === undefined ? send() : enter());
  };

  return (
    <form className="card enter" onSubmit={submit}>
      <h1>{t('enter.title')}</h1>
      <p className="muted">{t('enter.hint')}</p>
      <Field label={t('enter.number')} value={number} onText={setNumber} required autoComplete="off" autoCapitalize="off" readOnly={sentAt !== undefined} />
      <Field label={t('enter.tail')} value={tail} onText={setTail} required inputMode="numeric" pattern="[0-9]{4}" maxLength={4} autoComplete="off" title={t('enter.tail_hint')} readOnly={sentAt !== undefined} />
      {sentAt !== undefined && (
        <>
          <p className="told" role="status">{t('enter.sent')}</p>
          <Field label={t('enter.code')} value={code} onText={setCode} required autoFocus inputMode="numeric" autoComplete="one-time-code" maxLength={8} />
        </>
      )}
      {thrown !== undefined && <Trouble thrown={thrown} />}
      <button type="submit" className="button primary" disabled={busy}>{t(sentAt === undefined ? 'enter.send' : 'enter.open')}</button>
      {sentAt !== undefined && (
        <div className="pair">
          <button type="button" className="button" disabled={busy || wait > 0} onClick={() => void send()}>
            {wait > 0 ? t('enter.again_in', { count: wait }) : t('enter.again')}
          </button>
          <button type="button" className="button" onClick={() => { setSentAt(undefined); setCode(''); setThrown(undefined); }}>{t('enter.change')}</button>
        </div>
      )}
    </form>
  );
}
