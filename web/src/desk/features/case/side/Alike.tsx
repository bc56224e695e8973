import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Schema } from '../../../../api/client';
import { alikeQuery } from '../../../../api/queries';
import { moment } from '../../../../lib/format';
import { Chip } from '../../../../ui/Chip';
import { contentOf } from './EvidenceSection';

/** Photos of this buyer that were seen on another case, beside the other one: a person looks and decides. */
export function Alike({ caseId, pieces }: { caseId: string; pieces: Schema['Evidence'][] }) {
  const { t } = useTranslation('case');
  const { data } = useQuery(alikeQuery(caseId));
  const nameOf = (id: string) => {
    const piece = pieces.find((one) => one.id === id);
    return piece ? piece.name ?? t(`evidence_kind.${piece.kind}`) : '';
  };
  if (!data || data.alike.length === 0) return null;
  return (
    <div className="alike" role="note">
      <p>
        <b>{t('alike.title', { count: data.alike.length })}</b> <span className="muted">{t('alike.hint')}</span>
      </p>
      <ul>
        {data.alike.map((one) => (
          <li key={one.piece + one.other}>
            <img src={contentOf(one.piece)} alt={nameOf(one.piece)} loading="lazy" />
            <img src={contentOf(one.other)} alt={t('alike.other', { number: one.number })} loading="lazy" />
            <span className="grow">
              <Link to="/cases/$caseId" params={{ caseId: one.case }} search={{ evidence: one.other }}>
                {t('alike.case', { number: one.number })}
              </Link>{' '}
              <span className="muted">{moment(one.added_at)}</span>
              <span className="row">
                <Chip tone="amber">{one.bits == null ? t('alike.same') : t('alike.near', { bits: one.bits })}</Chip>
                <Chip>{t(one.by_shop ? 'alike.by_shop' : one.same_buyer ? 'alike.same_buyer' : 'alike.other_buyer')}</Chip>
              </span>
            </span>
          </li>
        ))}
      </ul>
    </div>
  );
}
