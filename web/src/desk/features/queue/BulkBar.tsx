import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Schema } from '../../../api/client';

export type BulkAct = Schema['BulkAction'];

const ACTS: BulkAct[] = ['approve', 'refund', 'refuse', 'assign', 'tag', 'message', 'note'];

/** What can be done with the chosen cases; each shows what would come of it before it is done. */
export function BulkBar({ count, onAct, onClear }: { count: number; onAct: (act: BulkAct) => void; onClear: () => void }) {
  const { t } = useTranslation('queue');
  return (
    <div className="bulk-bar" role="toolbar" aria-label={t('bulk.label')}>
      <b>{t('bulk.selected', { count })}</b>
      {ACTS.map((act) => (
        <Button key={act} size="small" type={act === 'approve' ? 'primary' : 'default'} onClick={() => onAct(act)}>
          {t(`bulk.act.${act}`)}
        </Button>
      ))}
      <Button size="small" type="text" onClick={onClear}>
        {t('bulk.clear')}
      </Button>
    </div>
  );
}
