// Asking for something: which goods, what, why, and what belongs to it. One page, in the order one thinks;
// what is written is kept until the case is open.
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { asProblem, isDeclined } from '../../api/problem';
import { useDraft } from '../../lib/draft';
import { openCase, readOrder, readWaiting, takeBack, type Evidence, type Order } from '../buyer';
import { EvidenceBox } from '../evidence/EvidenceBox';
import { useUploads } from '../evidence/uploads';
import { useLoaded } from '../load';
import { go, toCase } from '../route';
import { link, orderOf } from '../session';
import { Trouble } from '../ui/Trouble';
import { Details } from './Details';
import { Goods, KindChoice, ReasonChoice } from './Parts';
import { draftFrom, missing, wanted, type Draft } from './request';
import { isProofless } from './rights';
import './apply.css';

export function ApplyPage() {
  const { t } = useTranslation('portal_apply');
  const { data, thrown, reload } = useLoaded(link.get(), async () => {
    const [order, waiting] = await Promise.all([readOrder(), readWaiting()]);
    return { order, waiting };
  });
  if (data) return <ApplyForm order={data.order} waiting={data.waiting} reload={reload} />;
  return thrown === undefined ? <p className="waiting" role="status">{t('common:loading')}</p> : <Trouble thrown={thrown} onRetry={() => void reload()} />;
}

function ApplyForm({ order, waiting, reload }: { order: Order; waiting: Evidence[]; reload: () => Promise<void> }) {
  const { t } = useTranslation('portal_apply');
  const [kept, keep] = useDraft(`apply.${orderOf(link.get())}`);
  const [fresh] = useState(() => draftFrom('', order));
  const draft = kept ? draftFrom(kept, order) : fresh;
  const change = (part: Partial<Draft>) => keep(JSON.stringify({ ...draft, ...part }));
  const uploads = useUploads('/evidence', reload);
  const [thrown, setThrown] = useState<unknown>();
  const [busy, setBusy] = useState(false);
  const [isTried, setTried] = useState(false);
  const { kind, reason } = draft;
  const lacks = missing(draft, order);
  const asksProof = kind && reason && !isProofless(order, kind, reason);

  async function send(more: Partial<Draft> = {}) {
    setTried(true);
    if (lacks.length > 0 || uploads.isBusy) return;
    setBusy(true);
    setThrown(undefined);
    try {
      const opened = await openCase(wanted({ ...draft, ...more }, order), draft.key);
      keep('');
      go(toCase(opened.case), true);
    } catch (caught) {
      setThrown(caught);
      if (isDeclined(caught)) change({ ...more, key: crypto.randomUUID() });
    } finally {
      setBusy(false);
    }
  }
  async function remove(id: string) {
    setThrown(undefined);
    await takeBack(id).catch(setThrown);
    await reload();
  }
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void send();
  };

  return (
    <form className="apply" onSubmit={submit} noValidate>
      <h1>{t('title')}</h1>
      <Goods order={order} draft={draft} change={change} />
      <KindChoice order={order} draft={draft} change={change} />
      {kind && <ReasonChoice order={order} draft={draft} change={change} />}
      {kind && reason && <Details order={order} draft={draft} change={change} />}
      {asksProof && (
        <section className="card">
          <h2>{t('proof.title')}</h2>
          <EvidenceBox handedIn={waiting} uploads={uploads} hint={t('proof.hint')} takeBack={(id) => void remove(id)} />
        </section>
      )}
      {kind && reason && !asksProof && <p className="told">{t('proof.none')}</p>}
      {thrown !== undefined && <Trouble thrown={thrown} />}
      {thrown !== undefined && asProblem(thrown).code === 'settled_before' && (
        <button type="button" className="button" disabled={busy} onClick={() => void send({ new_fault: true })}>{t('new_fault')}</button>
      )}
      <div className="send">
        {isTried && lacks.length > 0 && (
          <p role="alert" className="bad">{t('missing.title', { what: lacks.map((one) => t(`missing.${one}`)).join(t('common:list.and')) })}</p>
        )}
        {isTried && lacks.length === 0 && uploads.isBusy && <p role="status" className="muted">{t('missing.uploads')}</p>}
        <button type="submit" className="button primary" disabled={busy}>{t(busy ? 'sending' : 'send')}</button>
        <p className="muted">{t('kept')}</p>
      </div>
    </form>
  );
}
