import { useTranslation } from 'react-i18next';
import type { CaseDto } from '../../../../api/queries';
import { money, moment } from '../../../../lib/format';
import { Chip } from '../../../../ui/Chip';
import { Section } from './Section';
import type { ReactNode } from 'react';

type Line = [string, ReactNode];

/** What was agreed and how far it has come: money, parcels, steps. */
export function Running({ data }: { data: CaseDto }) {
  const { t } = useTranslation('case');
  const { refund, pickup, tracks } = data;
  const parcel = tracks.goods && 'parcel' in tracks.goods ? tracks.goods.parcel : undefined;
  const lines: (Line | false | '' | null | undefined)[] = [
    data.agreed && [t('running.agreed'), data.agreed.title || data.agreed.id],
    data.refusal && [t('running.refused'), data.refusal.title],
    refund && [t('running.refund'), <b key="refund">{money(refund.total)}</b>],
    tracks.money && [t('running.money'), t(`money_state.${tracks.money}`)],
    data.compensation.minor > 0 && [t('running.compensation'), money(data.compensation)],
    data.difference.minor > 0 && [t('running.difference'), money(data.difference)],
    tracks.goods && [t('running.goods'), t(`goods_state.${tracks.goods.state}`)],
    parcel && [t('running.parcel'), `${parcel.carrier} ${parcel.waybill}`],
    pickup && [t('running.pickup'), t('running.pickup_at', { carrier: pickup.carrier, from: moment(pickup.from), until: moment(pickup.until) })],
    data.contact && [t('running.contact'), [data.contact.name, data.contact.line].filter(Boolean).join(' · ')],
    data.evidence_asked.length > 0 && [t('running.evidence_asked'), data.evidence_asked.map((kind) => t(`evidence_kind.${kind}`)).join(t('common:list.and'))],
    data.return_address && [t('running.return_address'), data.return_address],
    data.trial && [t('running.trial'), moment(data.trial)],
    tracks.dispute && [t('running.dispute'), t(`dispute_state.${tracks.dispute.state}`)],
    data.passed && [t('running.passed'), `${t(`common:role.${data.passed.to}`)} · ${t(`passed_for.${data.passed.for}`)}`],
  ];
  const shown = lines.filter((line): line is Line => Array.isArray(line));
  if (shown.length === 0 && data.steps.length === 0) return null;
  return (
    <Section name="running" title={t('section.running')}>
      <dl className="pairs">
        {shown.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {data.steps.length > 0 && (
        <ol className="plain-list">
          {data.steps.map((step) => (
            <li key={step.step} className="row">
              <Chip tone={step.done ? 'green' : 'amber'}>{t(step.done ? 'step_done' : 'step_open')}</Chip>
              <span className="grow">{t(`extra.${step.extra}`)}</span>
              {step.reference && <span className="muted">{step.reference}</span>}
            </li>
          ))}
        </ol>
      )}
    </Section>
  );
}
