import { useTranslation } from 'react-i18next';
import type { Schema } from '../../../../api/client';
import type { CaseDto } from '../../../../api/queries';
import { moment, money } from '../../../../lib/format';
import { Chip } from '../../../../ui/Chip';
import { ACTIONS_OF_RECOURSE, ActionLinks } from './ActionLinks';
import { Section } from './Section';

const TONES: Record<string, 'blue' | 'amber' | 'green' | 'red' | 'grey'> = {
  filed: 'blue', more_wanted: 'amber', granted: 'amber', settled: 'green', declined: 'red', dropped: 'grey',
};

/** What went wrong with the parcel, whether the buyer knows, and what is asked of others for it. */
export function Exception({ data }: { data: CaseDto }) {
  const { t } = useTranslation('case');
  const { exception } = data.tracks;
  if (!exception) return null;
  const asked = new Map(exception.recourses.map((recourse) => [recourse.to, recourse]));
  return (
    <Section
      name="exception"
      title={t('section.exception')}
      aside={<Chip tone={exception.told ? 'green' : 'red'}>{t(exception.told ? 'recourse.told' : 'recourse.untold')}</Chip>}
    >
      <p>
        <b>{t(`parcel_fault.${exception.fault}`)}</b> {exception.parcel.carrier} {exception.parcel.waybill}{' '}
        <span className="muted">{t('recourse.noticed', { at: moment(exception.noticed_at) })}</span>
      </p>
      <ul className="plain-list">
        <Asked to="platform" recourse={asked.get('platform')} />
        {exception.carriers ? <Asked to="carrier" recourse={asked.get('carrier')} /> : <li className="muted">{t('recourse.shops_own')}</li>}
      </ul>
      <ActionLinks data={data} names={ACTIONS_OF_RECOURSE} />
    </Section>
  );
}

function Asked({ to, recourse }: { to: Schema['Addressee']; recourse: Schema['RecourseDto'] | undefined }) {
  const { t } = useTranslation('case');
  const facts = recourse && [
    recourse.asked && t('recourse.asked', { amount: money(recourse.asked) }),
    recourse.granted && t('recourse.granted', { amount: money(recourse.granted) }),
    recourse.received && t('recourse.received', { amount: money(recourse.received) }),
    t('recourse.filed_at', { at: moment(recourse.filed_at) }),
    recourse.supplements > 0 && t('recourse.supplements', { count: recourse.supplements }),
  ];
  return (
    <li>
      <div className="row">
        <b className="grow">{t(`addressee.${to}`)}</b>
        <Chip tone={recourse ? TONES[recourse.stage]! : 'grey'}>{t(recourse ? `recourse_stage.${recourse.stage}` : 'recourse.to_file')}</Chip>
      </div>
      {facts && <p className="muted">{facts.filter(Boolean).join(' · ')}</p>}
    </li>
  );
}
