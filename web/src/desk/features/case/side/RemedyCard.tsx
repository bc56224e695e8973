import { Checkbox } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Schema } from '../../../../api/client';
import { Chip } from '../../../../ui/Chip';
import { ClauseMark } from '../ClauseMark';
import { Findings } from './Findings';
import { Cost, Plan } from './Plan';

interface Props {
  remedy: Schema['RemedyDto'];
  hotkey?: string | undefined;
  staged?: boolean;
  onStage?: () => void;
}

/** One remedy: what the buyer gets, what it costs, who may grant it, and which conditions it rests on. */
export function RemedyCard({ remedy, hotkey, staged = false, onStage }: Props) {
  const { t } = useTranslation('case');
  const met = remedy.findings?.filter(({ verdict }) => verdict === 'met').length ?? 0;
  const all = remedy.findings?.length ?? 0;
  const title = remedy.clause.title || remedy.clause.id;
  return (
    <article className="remedy" data-staged={staged || undefined}>
      <div className="row">
        {onStage ? (
          <Checkbox checked={staged} onChange={onStage}>
            <b>{title}</b>
          </Checkbox>
        ) : (
          <b>{title}</b>
        )}
        <span className="grow" />
        {hotkey && <kbd>{hotkey}</kbd>}
      </div>
      <Plan plan={remedy.plan} />
      <div className="row remedy-line">
        <span className="grow">
          <Cost cost={remedy.cost} />
        </span>
        {remedy.authority && (
          <Chip tone={remedy.authority.granted ? 'green' : 'amber'}>
            {remedy.authority.granted ? t('authority.granted') : t('authority.above', { role: t(`common:role.${remedy.authority.role ?? 'admin'}`) })}
          </Chip>
        )}
      </div>
      {remedy.hindrance && <p className="remedy-hindrance"><b>{remedy.hindrance.title}</b> {remedy.hindrance.detail}</p>}
      <details open={remedy.verdict !== 'met'}>
        <summary>
          {t('conditions', { met, all })} <ClauseMark id={remedy.clause.id} title={remedy.clause.source} />
        </summary>
        <Findings findings={remedy.findings} />
      </details>
    </article>
  );
}
