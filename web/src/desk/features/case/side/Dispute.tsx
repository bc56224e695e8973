import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Schema } from '../../../../api/client';
import { readinessQuery, type CaseDto } from '../../../../api/queries';
import { moment, money } from '../../../../lib/format';
import { Chip } from '../../../../ui/Chip';
import { ProblemNote } from '../../../../ui/ProblemNote';
import { ClauseMark } from '../ClauseMark';
import { Section } from './Section';

/** What was asked of the platform, what each side handed in, and whether the shop is ready. */
export function Dispute({ data }: { data: CaseDto }) {
  const { t } = useTranslation('case');
  const dispute = data.tracks.dispute;
  // A refusal, or returned goods that were not taken back.
  const isDisputable = data.tracks.request.state === 'refused' || ['awaiting_send_back', 'awaiting_ruling'].includes(data.status);
  if (!dispute && !isDisputable) return null;
  return (
    <Section
      name="dispute"
      title={t('section.dispute')}
      aside={dispute && <Chip tone={dispute.state === 'ruled' ? 'green' : 'amber'}>{t(`dispute_state.${dispute.state}`)}</Chip>}
    >
      {dispute && <p className="muted">{t('dispute.by', { who: t(`side_of.${dispute.by}`) })}</p>}
      {dispute?.ruling && (
        <p>
          <b>{t(`ruling.${dispute.ruling}`)}</b> {dispute.amount && money(dispute.amount)}
        </p>
      )}
      {dispute?.statements.map((one) => (
        <article key={one.at + one.by} className="statement">
          <header className="row muted">
            <span className="grow">{t('dispute.stated', { who: t(`side_of.${one.by}`), at: moment(one.at) })}</span>
            {one.evidence.length > 0 && <span>{t('dispute.pieces', { count: one.evidence.length })}</span>}
          </header>
          <p>{one.text ?? t('erased')}</p>
        </article>
      ))}
      {isDisputable && <Readiness id={data.id} />}
      {/* A link, so that the browser saves it as it comes, whatever its size. */}
      <a className="bundle" href={`/api/v1/cases/${data.id}/bundle`} download>
        {t('dispute.bundle')}
      </a>
    </Section>
  );
}

/** Each known cause of losing, what is missing there, and who can supply it. */
function Readiness({ id }: { id: string }) {
  const { t } = useTranslation('case');
  const { data, error, refetch } = useQuery(readinessQuery(id));
  if (error) return <ProblemNote thrown={error} onRetry={() => void refetch()} />;
  if (!data) return null;
  const wanting = data.points.filter(({ ready }) => !ready);
  return (
    <div className="readiness">
      <div className="row">
        <b className="grow">{t('readiness.title')}</b>
        <meter min={0} max={100} value={data.score} aria-label={t('readiness.title')} />
        <b>{t('readiness.score', { score: data.score })}</b>
      </div>
      {wanting.length === 0 && <p className="said-ok">{t('readiness.all')}</p>}
      <ul>
        {wanting.map((point) => <Wanting key={point.point} point={point} />)}
      </ul>
      {wanting.length > 0 && (
        <details>
          <summary>{t('readiness.ready', { count: data.points.length - wanting.length })}</summary>
          <p className="muted">{data.points.filter(({ ready }) => ready).map(({ point }) => t(`readiness.point.${point}`)).join(t('common:list.and'))}</p>
        </details>
      )}
    </div>
  );
}

function Wanting({ point }: { point: Schema['PointDto'] }) {
  const { t } = useTranslation('case');
  const kinds = point.missing.map((kind) => t(`evidence_kind.${kind}`)).join(t('common:list.and'));
  return (
    <li>
      <b>{t(`readiness.point.${point.point}`)}</b> <span>{t(`readiness.wanting.${point.point}`, { count: point.amiss, kinds })}</span>
      <span className="row muted">
        <span>{t('readiness.supplier', { who: t(`readiness.who.${point.supplier}`) })}</span>
        {point.clauses.map(({ id, title }) => <ClauseMark key={id} id={id} title={title ?? ''} />)}
      </span>
    </li>
  );
}
