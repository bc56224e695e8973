// The way out of care mail: one look, one tap. Opening the page changes nothing, for mail programs open links too.
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { day } from '../lib/format';
import { optIn, optOut, readWayOut } from './buyer';
import { useLoaded } from './load';
import { wayOut } from './session';
import { Trouble } from './ui/Trouble';

export function OptOutPage() {
  const { t } = useTranslation();
  const [token] = useState(wayOut.token);
  const { data, thrown, reload } = useLoaded(token, () => (token ? readWayOut(token) : Promise.resolve(undefined)));
  const [leaving, setLeaving] = useState(0);
  const [state, setState] = useState<'asked' | 'out' | 'back'>('asked');
  const [trouble, setTrouble] = useState<unknown>();
  const [busy, setBusy] = useState(false);
  async function tell(deed: () => Promise<void>) {
    setBusy(true);
    setTrouble(undefined);
    await deed().catch(setTrouble);
    setBusy(false);
  }
  const out = () =>
    tell(async () => {
      setLeaving((await optOut(token)).leaving);
      setState('out');
    });
  const back = () =>
    tell(async () => {
      await optIn(token);
      setState('back');
    });
  if (thrown !== undefined) return <Trouble thrown={thrown} onRetry={() => void reload()} />;
  if (!token) return <section className="card"><h1>{t('opt_out.title')}</h1><p>{t('opt_out.no_link')}</p></section>;
  if (!data) return <p className="waiting" role="status">{t('loading')}</p>;
  const isOut = state === 'out' || (state === 'asked' && Boolean(data.opted_out_at));
  return (
    <section className="card enter">
      <h1>{isOut ? t('opt_out.done') : t('opt_out.title')}</h1>
      <p>{t('opt_out.of', { shop: data.shop })}</p>
      {state === 'back' && <p className="told" role="status">{t('opt_out.backed')}</p>}
      {isOut && (
        <div className="told" role="status">
          <p>{state === 'asked' && data.opted_out_at ? t('opt_out.already', { at: day(data.opted_out_at) }) : t('opt_out.done_hint')}</p>
          {leaving > 0 && <p>{t('opt_out.leaving', { count: leaving })}</p>}
        </div>
      )}
      {!isOut && <p className="muted">{t('opt_out.hint')}</p>}
      {trouble !== undefined && <Trouble thrown={trouble} />}
      {isOut ? (
        <button type="button" className="button" disabled={busy} onClick={() => void back()}>{t('opt_out.back')}</button>
      ) : (
        <button type="button" className="button primary" disabled={busy} onClick={() => void out()}>{t('opt_out.confirm')}</button>
      )}
    </section>
  );
}
