// A case as its buyer follows it: where it stands, who must act, what he can do, what happened, what was said.
import { useTranslation } from 'react-i18next';
import { money, moment } from '../../lib/format';
import { EvidenceBox } from '../evidence/EvidenceBox';
import { useUploads } from '../evidence/uploads';
import { Trouble } from '../ui/Trouble';
import type { Case } from '../buyer';
import { Actions } from './Actions';
import { Clocks } from './Clocks';
import { Course } from './Course';
import { Facts } from './Facts';
import { useCase, type readAll } from './live';
import { Offer } from './Offer';
import { Rating } from './Rating';
import { Talk } from './Talk';
import './case.css';

export function CasePage({ id, action }: { id: string; action: string | undefined }) {
  const { t } = useTranslation('portal_case');
  const { data: all, thrown, reload, connection } = useCase(id);
  if (!all) return thrown === undefined ? <p className="waiting" role="status">{t('common:loading')}</p> : <Trouble thrown={thrown} onRetry={() => void reload()} />;
  return (
    <>
      {connection === 'lost' && (
        <p className="lost" role="status">
          <b>{t('lost.title')}</b>
          {t('lost.hint')}
        </p>
      )}
      <CaseView all={all} action={action} reload={reload} />
    </>
  );
}

interface ViewProps {
  all: Awaited<ReturnType<typeof readAll>>;
  action: string | undefined;
  reload: () => Promise<void>;
}

function CaseView({ all, action, reload }: ViewProps) {
  const { t, i18n } = useTranslation('portal_case');
  const { order, data, entries, evidence } = all;
  const uploads = useUploads(`/cases/${data.id}/evidence`, reload);
  const { contact } = data;
  const { currency } = data.claim.amount;
  const isOpen = data.status !== 'closed';
  const isAsked = data.evidence_asked.length > 0;
  const right = order.rights.find(({ id }) => id === data.right?.id)?.right;
  // A right that forbids asking for proof leaves no place for any, unless the shop asked after all.
  const takesProof = isOpen && (isAsked || right?.proof !== 'none' || data.next.includes('submit_statement'));
  // What the shop wrote beside its last step of a kind.
  const said = (type: string) => entries.findLast((entry) => entry.type === type)?.text;
  const outcome = data.tracks.request.state === 'closed' ? data.tracks.request.outcome : undefined;
  // Ruled and still open to appeal: the platform waits for a side now, not the sides for it.
  const standing = data.status === 'awaiting_ruling' && data.next.includes('appeal') ? 'ruled' : data.status;
  const hint = outcome ? `outcome_hint.${outcome}` : `status_hint.${standing}`;

  return (
    <div className="case">
      <section className="card state" data-status={data.status}>
        <p className="muted">{t('number', { number: data.number, kind: t(`common:kind.${data.kind}`) })}</p>
        <h1 aria-live="polite">{outcome ? t(`outcome.${outcome}`) : t(`common:status.${data.status}`)}</h1>
        {i18n.exists(`portal_case:${hint}`) && <p>{t(hint)}</p>}
        {data.refusal && data.status === 'refused' && <p className="told warn"><b>{t('refusal', { reason: data.refusal.title })}</b>{said('refused')}</p>}
        {data.abuse && <Noted abuse={data.abuse} />}
        {data.status === 'awaiting_difference' && <p className="amount"><span>{t('difference')}</span><b>{money(data.difference)}</b></p>}
        {data.refund && <p className="amount"><span>{t('refund_total')}</span><b>{money(data.refund.total)}</b></p>}
        <Clocks clocks={data.clocks} />
        {contact && (contact.line || contact.name) && (
          <p className="contact">
            <span>{t('fact.contact', { name: contact.name ?? '' })}</span>
            {contact.line && <a href={`tel:${/[\d+-]+/.exec(contact.line)?.[0] ?? ''}`}>{contact.line}</a>}
          </p>
        )}
        {data.promises.filter(({ state, text }) => state === 'open' && text).map((one) => (
          <p key={one.promise} className="told">{t('promise', { text: one.text, at: moment(one.due_at) })}</p>
        ))}
      </section>
      <Offer data={data} said={said('offered')} reload={reload} />
      {isAsked && (
        <section className="card asked">
          <h2>{t('asked.title')}</h2>
          <EvidenceBox handedIn={evidence} uploads={uploads} hint={t('asked.hint', { kinds: data.evidence_asked.map((kind) => t(`evidence_kind.${kind}`)).join(t('common:list.and')) })} />
        </section>
      )}
      <Actions data={data} opened={action} shown={evidence.map(({ id }) => id)} reload={reload} />
      <Rating data={data} reload={reload} />
      <Talk id={data.id} entries={entries} canWrite={data.next.includes('message')} reload={reload} />
      <Course entries={entries} currency={currency} />
      {!isAsked && (takesProof || evidence.length > 0) && (
        <section className="card">
          <h2>{t('evidence')}</h2>
          <EvidenceBox handedIn={evidence} uploads={uploads} hint={t('evidence_hint')} />
        </section>
      )}
      <Facts order={order} data={data} />
    </div>
  );
}

/** What the shop put on record of the buyer, that his rights stay, and how it stands. */
function Noted({ abuse }: { abuse: NonNullable<Case['abuse']> }) {
  const { t } = useTranslation('portal_case');
  return (
    <div className={abuse.state === 'lifted' ? 'told' : 'told warn'}>
      <b>{t(`abuse.${abuse.state}`)}</b>
      {abuse.state !== 'lifted' && abuse.grounds && <p>{abuse.grounds}</p>}
      {abuse.contest && <p>{t('abuse.contest', { text: abuse.contest })}</p>}
      {abuse.answer && <p>{t('abuse.answer', { text: abuse.answer })}</p>}
      {abuse.state !== 'lifted' && <p className="muted">{t('abuse.rights')}</p>}
    </div>
  );
}
