import { useTranslation } from 'react-i18next';
import type { CaseDto } from '../../../../api/queries';
import { ActionForm } from '../actions/ActionForm';
import { SPECS } from '../actions/specs';
import { useCaseSearch } from '../search';
import { Abuse } from './Abuse';
import { Clocks } from './Clocks';
import { Cover } from './Cover';
import { Dispute } from './Dispute';
import { EvidenceSection } from './EvidenceSection';
import { Exception } from './Exception';
import { Liability } from './Liability';
import { NextActions } from './NextActions';
import { Offer } from './Offer';
import { OrderSection } from './OrderSection';
import { People } from './People';
import { Promises } from './Promises';
import { Remedies } from './Remedies';
import { Reviews } from './Reviews';
import { Rights } from './Rights';
import { Running } from './Running';
import { Trade } from './Trade';

interface Props {
  data: CaseDto;
  action: string | undefined;
  evidence: string | undefined;
}

/** What an agent decides with, and by: from what presses to what explains. */
export function Side({ data, action, evidence }: Props) {
  const { t } = useTranslation('case');
  const setSearch = useCaseSearch();
  // A form stays open when its action is gone meanwhile: what was written in it is not thrown away.
  const form = action !== undefined && SPECS[action] ? action : undefined;
  return (
    <aside className="side" aria-label={t('side')}>
      {form ? (
        <ActionForm key={form} data={data} name={form} onClose={() => setSearch({ do: undefined })} />
      ) : (
        <NextActions data={data} />
      )}
      <Clocks clocks={data.clocks} />
      <Promises data={data} />
      <Running data={data} />
      <Trade data={data} />
      <Reviews data={data} />
      <Dispute data={data} />
      <Cover data={data} />
      <Exception data={data} />
      <Abuse data={data} />
      {data.offer && <Offer offer={data.offer} agreed={data.agreed ?? undefined} />}
      {!data.closed_at && !data.agreed && <Remedies data={data} />}
      <Rights data={data} />
      <OrderSection data={data} />
      <EvidenceSection data={data} viewed={evidence} />
      <Liability data={data} />
      <People data={data} />
    </aside>
  );
}
