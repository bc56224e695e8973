import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { policyQuery, type CaseDto } from '../../../../api/queries';
import { Chip } from '../../../../ui/Chip';
import { useCaseSearch } from '../search';
import { Section } from './Section';

/** Who was found liable, on which grounds. */
export function Liability({ data }: { data: CaseDto }) {
  const { t } = useTranslation('case');
  const causes = useQuery(policyQuery(data.policy)).data?.causes;
  const setSearch = useCaseSearch();
  const finding = data.liability;
  const may = data.next.includes('find');
  if (!finding && !may) return null;
  return (
    <Section
      name="liability"
      title={t('section.liability')}
      aside={may && <Button size="small" onClick={() => setSearch({ do: 'find' })}>{t('actions:action.find.button')}</Button>}
    >
      {!finding && <p className="muted">{t('liability.none')}</p>}
      {finding && (
        <>
          {finding.shares.length > 0 && (
            <div className="shares" role="img" aria-label={finding.shares.map(({ party, percent }) => `${t(`party.${party}`)} ${percent}%`).join(', ')}>
              {finding.shares.map(({ party, percent }) => (
                <span key={party} style={{ flexGrow: percent }} data-party={party}>
                  {t(`party.${party}`)} {percent}%
                </span>
              ))}
            </div>
          )}
          <div className="row">
            {finding.fault && <Chip tone={finding.fault === 'confirmed' ? 'red' : 'green'}>{t(`fault.${finding.fault}`)}</Chip>}
            {finding.goods_intact != null && <Chip>{t(finding.goods_intact ? 'liability.intact' : 'liability.not_intact')}</Chip>}
            {finding.cause && <Chip>{causes?.find(({ code }) => code === finding.cause)?.title ?? finding.cause}</Chip>}
            {finding.third_party && <Chip tone="violet">{t('liability.third_party')}</Chip>}
            {finding.evidence.length > 0 && <span className="muted">{t('liability.evidence', { count: finding.evidence.length })}</span>}
          </div>
          <p>{finding.grounds ?? t('erased')}</p>
        </>
      )}
    </Section>
  );
}
