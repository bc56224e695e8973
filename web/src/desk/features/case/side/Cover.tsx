import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { CaseDto } from '../../../../api/queries';
import { coversQuery } from '../../../../api/warranty';
import { moment, money } from '../../../../lib/format';
import { Chip, type Tone } from '../../../../ui/Chip';
import { CoverList } from '../../order/CoverList';
import { ACTIONS_OF_COVER, ACTIONS_OF_VISIT, ActionLinks } from './ActionLinks';
import { Section } from './Section';

const STAGES: Record<string, Tone> = { made: 'blue', ordered: 'amber', repaired: 'amber', settled: 'green', declined: 'red', dropped: 'grey' };

/** What covers the case's goods have, what is claimed on one, and when somebody comes to the buyer's door. */
export function Cover({ data }: { data: CaseDto }) {
  const { t } = useTranslation('warranty');
  const covers = useQuery({ ...coversQuery(data.order ?? ''), enabled: Boolean(data.order) }).data?.covers ?? [];
  const { cover_claim: claim, visit } = data.tracks;
  const lines = new Set(data.claim.lines.map(({ line }) => line));
  const own = covers.filter(({ line }) => lines.has(line));
  if (own.length === 0 && !claim && !visit) return null;
  return (
    <Section name="cover" title={t('case:section.cover')} aside={claim && <Chip tone={STAGES[claim.stage]!}>{t(`claim_stage.${claim.stage}`)}</Chip>}>
      <CoverList covers={own} />
      {claim && (
        <p>
          <b>{t(`common:plan_kind.${claim.plan}`)}</b> {t(`case:trouble.${claim.trouble}`)}{' '}
          <span className="muted">
            {[
              t('cover.made', { at: moment(claim.made_at) }),
              claim.asked && t('cover.asked', { amount: money(claim.asked) }),
              claim.provider && t('cover.provider', { name: claim.provider }),
              claim.fee && t('cover.fee', { amount: money(claim.fee) }),
              claim.settled && t('cover.settled', { amount: money(claim.settled) }),
            ].filter(Boolean).join(' · ')}
          </span>
        </p>
      )}
      <ActionLinks data={data} names={ACTIONS_OF_COVER} />
      {visit && (
        <p>
          <b>{t('cover.visit')}</b> {moment(visit.from)} – {moment(visit.until)}{' '}
          <Chip tone={visit.outcome === 'missed' ? 'red' : visit.outcome ? 'green' : 'blue'}>{t(`visit_state.${visit.outcome ?? 'booked'}`)}</Chip>
        </p>
      )}
      {visit && <ActionLinks data={data} names={ACTIONS_OF_VISIT} />}
    </Section>
  );
}
