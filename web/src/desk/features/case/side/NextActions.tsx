import { Button, Dropdown } from 'antd';
import { useTranslation } from 'react-i18next';
import type { CaseDto } from '../../../../api/queries';
import { ordered } from '../actions/specs';
import { useCaseSearch } from '../search';
import { ACTIONS_OF_COVER, ACTIONS_OF_RECOURSE } from './ActionLinks';

const SHOWN = 6;
// What the shop's own turn asks for; the rest is there when it is needed, and stands back.
const MOVES = new Set([
  'approve', 'inspect', 'refund', 'record_refund', 'resolve', 'ship_replacement', 'ship_repaired', 'send_back', 'complete_step', 'end_trial', 'rule', 'answer_passed', 'follow_up', 'send_order_letter', 'record_payment', 'dispatch_order',
]);
// They have their place in the head and beside what they are about.
const ELSEWHERE = new Set(['tag', 'assign', 'keep_promise', 'move_promise', ...ACTIONS_OF_RECOURSE, ...ACTIONS_OF_COVER, 'end_visit', 'judge_review', 'end_review', 'explain_review', 'publish_explanation']);

/** What can be done now, as the rules say; the likeliest first. */
export function NextActions({ data }: { data: CaseDto }) {
  const { t } = useTranslation('case');
  const setSearch = useCaseSearch();
  const names = ordered(data.next).filter((name) => !ELSEWHERE.has(name));
  const shown = names.slice(0, SHOWN);
  const more = names.slice(SHOWN);
  return (
    <section className="next" aria-label={t('next.title')}>
      {names.length === 0 && <p className="muted">{t('next.none')}</p>}
      {shown.map((name, index) => (
        <Button key={name} type={index === 0 && MOVES.has(name) ? 'primary' : 'default'} onClick={() => setSearch({ do: name })}>
          {t(`actions:action.${name}.button`)}
        </Button>
      ))}
      {more.length > 0 && (
        <Dropdown
          trigger={['click']}
          menu={{
            items: more.map((name) => ({ key: name, label: t(`actions:action.${name}.button`) })),
            onClick: ({ key }) => setSearch({ do: key }),
          }}
        >
          <Button>{t('common:act.more')} ▾</Button>
        </Dropdown>
      )}
    </section>
  );
}
