import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import type { CaseDto } from '../../../../api/queries';
import { useCaseSearch } from '../search';

export const ACTIONS_OF_RECOURSE = ['file_recourse', 'supplement_recourse', 'answer_recourse', 'receive_recourse', 'drop_recourse'];
export const ACTIONS_OF_COVER = ['claim_cover', 'order_repair', 'report_repair', 'decline_cover', 'settle_cover', 'drop_cover'];
export const ACTIONS_OF_VISIT = ['end_visit', 'book_visit'];

/** Those of these actions that can be taken now, beside what they are about. */
export function ActionLinks({ data, names }: { data: CaseDto; names: string[] }) {
  const { t } = useTranslation('case');
  const setSearch = useCaseSearch();
  const now = names.filter((name) => data.next.includes(name));
  if (now.length === 0) return null;
  return (
    <div className="row wrap">
      {now.map((name) => (
        <Button key={name} size="small" onClick={() => setSearch({ do: name })}>
          {t(`actions:action.${name}.button`)}
        </Button>
      ))}
    </div>
  );
}
