import { useTranslation } from 'react-i18next';
import type { CaseDto } from '../../../../api/queries';
import { Chip } from '../../../../ui/Chip';
import { verdictTone } from '../../tones';
import { ClauseMark } from '../ClauseMark';
import { Findings } from './Findings';
import { Section } from './Section';

const ORDER = { met: 0, unknown: 1, not_met: 2 };

/** Which right supports the request, and why the others do not. */
export function Rights({ data }: { data: CaseDto }) {
  const { t } = useTranslation('case');
  const sorted = data.explanations.toSorted((a, b) => ORDER[a.verdict] - ORDER[b.verdict]);
  if (sorted.length === 0) return null;
  const counted = sorted.filter(({ verdict }) => verdict !== 'not_met');
  const others = sorted.filter(({ verdict }) => verdict === 'not_met');
  return (
    <Section name="rights" title={t('section.rights')} aside={<Chip tone={verdictTone[data.entitlement]}>{t(`entitlement.${data.entitlement}`)}</Chip>}>
      <p className="muted">{t(`return_freight.${data.return_freight}`)}</p>
      <ul className="rights">
        {counted.map((one) => (
          <Right key={one.clause.id} one={one} />
        ))}
      </ul>
      {others.length > 0 && (
        <details>
          <summary>{t('rights_not_met', { count: others.length })}</summary>
          <ul className="rights">
            {others.map((one) => (
              <Right key={one.clause.id} one={one} />
            ))}
          </ul>
        </details>
      )}
    </Section>
  );
}

function Right({ one }: { one: CaseDto['explanations'][number] }) {
  const { t } = useTranslation('case');
  return (
    <li>
      <div className="row">
        <b className="grow">{one.clause.title || one.clause.id}</b>
        <ClauseMark id={one.clause.id} title={one.clause.source} />
        <Chip tone={verdictTone[one.verdict]}>{t(`verdict.${one.verdict}`)}</Chip>
      </div>
      <Findings findings={one.findings} />
    </li>
  );
}
