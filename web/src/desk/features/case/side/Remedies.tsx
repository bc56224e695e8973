import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { remediesQuery, type CaseDto } from '../../../../api/queries';
import type { Schema } from '../../../../api/client';
import { useHotkeys } from '../../../../lib/hotkeys';
import { ProblemNote } from '../../../../ui/ProblemNote';
import { OfferForm } from './OfferForm';
import { RemedyCard } from './RemedyCard';
import { Section } from './Section';

const MOST_OFFERED = 3;
type Remedy = Schema['RemedyDto'];

/** Whether a remedy can be put before the buyer now, by whoever asks. */
const canOffer = (remedy: Remedy) => remedy.verdict === 'met' && !remedy.hindrance && remedy.authority?.granted === true;

/** The remedies, each with its conditions, cost and authority. One to three are staged, then offered. */
export function Remedies({ data }: { data: CaseDto }) {
  const { t } = useTranslation('case');
  const query = useQuery(remediesQuery(data.id));
  const [staged, setStaged] = useState<string[]>([]);
  const groups = useMemo(() => {
    const all = query.data?.remedies ?? [];
    const can = all.filter(canOffer);
    const above = all.filter((one) => one.verdict === 'met' && !canOffer(one));
    const unknown = all.filter((one) => one.verdict === 'unknown');
    const not = all.filter((one) => one.verdict === 'not_met');
    return { can, above, unknown, not };
  }, [query.data]);
  const stage = (id: string) =>
    setStaged((before) => (before.includes(id) ? before.filter((one) => one !== id) : [...before, id].slice(-MOST_OFFERED)));
  const nth = (n: number) => {
    const one = groups.can[n];
    if (one) stage(one.clause.id);
  };
  useHotkeys({ '1': () => nth(0), '2': () => nth(1), '3': () => nth(2) });

  if (query.data && query.data.remedies.length === 0) return null;
  const picked = groups.can.filter(({ clause }) => staged.includes(clause.id));
  return (
    <Section name="remedies" title={t('section.remedies')} aside={<span className="muted">{t('remedies_hint')}</span>}>
      {query.error && <ProblemNote thrown={query.error} onRetry={() => void query.refetch()} />}
      {query.data && groups.can.length === 0 && <p className="muted">{t('remedies_none')}</p>}
      {groups.can.map((remedy, index) => (
        <RemedyCard key={remedy.clause.id} remedy={remedy} hotkey={index < MOST_OFFERED ? String(index + 1) : undefined} staged={staged.includes(remedy.clause.id)} onStage={() => stage(remedy.clause.id)} />
      ))}
      {picked.length > 0 && <OfferForm data={data} picked={picked} onDone={() => setStaged([])} />}
      <Folded title={t('remedies_above', { count: groups.above.length })} remedies={groups.above} />
      <Folded title={t('remedies_unknown', { count: groups.unknown.length })} remedies={groups.unknown} />
      <Folded title={t('remedies_not', { count: groups.not.length })} remedies={groups.not} />
    </Section>
  );
}

function Folded({ title, remedies }: { title: string; remedies: Remedy[] }) {
  if (remedies.length === 0) return null;
  return (
    <details>
      <summary>{title}</summary>
      {remedies.map((remedy) => (
        <RemedyCard key={remedy.clause.id} remedy={remedy} />
      ))}
    </details>
  );
}
