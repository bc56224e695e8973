import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Schema } from '../../../../api/client';
import { meQuery, signalsQuery, type CaseDto } from '../../../../api/queries';
import { moment } from '../../../../lib/format';
import { Chip, type Tone } from '../../../../ui/Chip';
import { ProblemNote } from '../../../../ui/ProblemNote';
import { ClauseMark } from '../ClauseMark';
import { useCaseSearch } from '../search';
import { BlockForm } from './BlockForm';
import { Section } from './Section';

const STATE_TONE: Record<Schema['AbuseState'], Tone> = { noted: 'amber', contested: 'violet', upheld: 'red', lifted: 'grey' };
const WEIGHT_TONE: Record<Schema['Grade'], Tone> = { low: 'grey', medium: 'amber', high: 'red' };
export const mayBlock = (role: string | undefined) => role === 'supervisor' || role === 'manager' || role === 'admin';

/** What points at abuse, what a person found, and whether the buyer is blocked. Nothing here decides by itself. */
export function Abuse({ data }: { data: CaseDto }) {
  const { t } = useTranslation('case');
  const setSearch = useCaseSearch();
  const { data: me } = useQuery(meQuery);
  const { data: found, error, refetch } = useQuery(signalsQuery(data.id));
  const [blocking, setBlocking] = useState(false);
  const signals = found?.signals ?? [];
  const { abuse, blocked_until: blocked } = data;
  if (error) return <ProblemNote thrown={error} onRetry={() => void refetch()} />;
  if (signals.length === 0 && !abuse && !blocked) return null;
  const isBlockable = !blocked && Boolean(data.buyer) && mayBlock(me?.role);
  return (
    <Section
      name="abuse"
      title={t('section.abuse', { count: signals.length })}
      aside={data.next.includes('note_abuse') && <Button size="small" onClick={() => setSearch({ do: 'note_abuse' })}>{t('actions:action.note_abuse.button')}</Button>}
    >
      {blocked && (
        <p className="abuse-blocked">
          <Chip tone="red">{t('abuse.blocked')}</Chip> {t('abuse.blocked_hint', { until: moment(blocked) })}
        </p>
      )}
      {abuse && <Finding abuse={abuse} caseId={data.id} />}
      {signals.length > 0 && <p className="muted">{t('abuse.hint')}</p>}
      <ul className="signals">
        {signals.map((signal) => <Signal key={signal.kind} signal={signal} caseId={data.id} />)}
      </ul>
      {isBlockable && !blocking && <div><Button size="small" onClick={() => setBlocking(true)}>{t('block.button')}</Button></div>}
      {isBlockable && blocking && <BlockForm buyer={data.buyer!} caseId={data.id} onDone={() => setBlocking(false)} />}
    </Section>
  );
}

function Signal({ signal, caseId }: { signal: Schema['SignalDto']; caseId: string }) {
  const { t } = useTranslation('case');
  const others = signal.cases.filter((one) => one.case !== caseId);
  return (
    <li>
      <p className="row">
        <b className="grow">{signal.name}</b>
        <Chip tone={WEIGHT_TONE[signal.weight]}>{t(`abuse.weight.${signal.weight}`)}</Chip>
      </p>
      <p>{signal.sentence}</p>
      <p className="row muted">
        {others.slice(0, 8).map((one) => (
          <Link key={one.case} to="/cases/$caseId" params={{ caseId: one.case }}>
            {t('alike.case', { number: one.number })}
          </Link>
        ))}
        {others.length > 8 && <span>{t('abuse.more', { count: others.length - 8 })}</span>}
        <ClauseMark id={signal.clause.id} title={signal.clause.title ?? ''} />
      </p>
    </li>
  );
}

function Finding({ abuse, caseId }: { abuse: Schema['AbuseDto']; caseId: string }) {
  const { t } = useTranslation('case');
  const { inside } = abuse;
  return (
    <article className="statement">
      <header className="row muted">
        <Chip tone={STATE_TONE[abuse.state]}>{t(`abuse.state.${abuse.state}`)}</Chip>
        <span className="grow">{moment(abuse.at)}</span>
        {inside && abuse.state === 'contested' && <span>{t('abuse.reviewer', { role: t(`common:role.${inside.reviewer}`) })}</span>}
      </header>
      <p>{abuse.grounds ?? t('erased')}</p>
      {inside && (inside.signals.length > 0 || inside.messages.length + inside.evidence.length > 0) && (
        <p className="muted">
          {t('abuse.rests', {
            signals: inside.signals.map((kind) => t(`signal.${kind}`)).join(t('common:list.and')) || '–',
            messages: inside.messages.length,
            evidence: inside.evidence.length,
          })}
        </p>
      )}
      {abuse.contest && <p><b>{t('abuse.contest')}</b> {abuse.contest}</p>}
      {abuse.answer && <p><b>{t('abuse.answer')}</b> {abuse.answer}</p>}
      {abuse.state !== 'lifted' && (
        // A link, so that the browser saves it as it comes, whatever its size.
        <a className="bundle" href={`/api/v1/cases/${caseId}/bundle`} download>
          {t('abuse.bundle')}
        </a>
      )}
    </article>
  );
}
