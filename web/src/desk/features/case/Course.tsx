import { useTranslation } from 'react-i18next';
import type { CaseDto } from '../../../api/queries';
import { moment } from '../../../lib/format';

interface Stage {
  name: string;
  done: boolean;
  said: string;
}

const ARRIVED = new Set(['inspected', 'replacement_received', 'repaired_received']);

/** The case's course as a line: what is behind it, where it stands, what is still to come. */
export function Course({ data }: { data: CaseDto }) {
  const { t } = useTranslation('case');
  const { request, goods, money, dispute, care } = data.tracks;
  const isClosed = Boolean(data.closed_at);
  const stages: (Stage | false)[] = [
    { name: 'opened', done: true, said: moment(data.opened_at) },
    { name: 'decided', done: request.state !== 'applied' || Boolean(data.agreed), said: request.state === 'refused' ? t('stage.refused') : (data.agreed?.title ?? '') },
    dispute != null && { name: 'ruled', done: dispute.state === 'ruled', said: t(`dispute_state.${dispute.state}`) },
    goods != null && { name: 'goods', done: ARRIVED.has(goods.state), said: t(`goods_state.${goods.state}`) },
    money != null && { name: 'money', done: money === 'paid' || money === 'difference_paid', said: t(`money_state.${money}`) },
    data.steps.length > 0 && { name: 'steps', done: data.steps.every(({ done }) => done), said: `${data.steps.filter(({ done }) => done).length}/${data.steps.length}` },
    { name: 'closed', done: isClosed, said: data.closed_at ? moment(data.closed_at) : '' },
    care != null && { name: 'care', done: care.state === 'done', said: '' },
  ];
  const shown = stages.filter((stage) => stage !== false);
  const current = shown.find(({ done }) => !done)?.name;
  return (
    <ol className="course case-course" aria-label={t('case_course')}>
      {shown.map(({ name, done, said }) => (
        <li key={name} data-done={done || undefined} aria-current={name === current ? 'step' : undefined}>
          <span>{t(`stage.${name}`)}</span>
          {said && <span className="muted ellipsis" title={said}>{said}</span>}
        </li>
      ))}
    </ol>
  );
}
