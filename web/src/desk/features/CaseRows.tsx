import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { CaseSummary } from '../../api/queries';
import { Check } from '../../ui/Check';
import { Chip } from '../../ui/Chip';
import { Countdown } from '../../ui/Countdown';
import { usePeople } from '../names';
import { goodsOf } from './queue/columns';

interface Props {
  cases: CaseSummary[];
  label: string;
  /** What is chosen, where something can be done with several. */
  selected?: ReadonlySet<string>;
  onToggle?: (id: string) => void;
  /** Whether to say to whom each was passed. */
  upward?: boolean;
}

/** A short list of cases: which, what about, until when, who has it. */
export function CaseRows({ cases, label, selected, onToggle, upward = false }: Props) {
  const { t } = useTranslation();
  const { nameOf } = usePeople();
  return (
    <ul className="rows" aria-label={label}>
      {cases.map((row) => (
        <li key={row.id} data-case={row.id}>
          <div className="row">
            {onToggle && <Check label={t('queue:select', { name: `#${row.number}` })} checked={selected?.has(row.id) ?? false} onChange={() => onToggle(row.id)} />}
            <Link to="/cases/$caseId" params={{ caseId: row.id }} className="grow ellipsis">
              <b>#{row.number}</b> {t(`kind.${row.kind}`)} <span className="muted">{goodsOf(row)}</span>
            </Link>
            {row.next_clock && <span className="rows-clock muted ellipsis">{t(`case:clock.${row.next_clock.clock}`)}</span>}
            <span className="rows-due">{row.next_due_at && <Countdown dueAt={row.next_due_at} />}</span>
            <span className="rows-who ellipsis muted">{row.assignee ? nameOf(row.assignee) : t('queue:assignee_nobody')}</span>
            {upward && row.escalated_to && <Chip tone="amber">{t(`role.${row.escalated_to}`)}</Chip>}
          </div>
        </li>
      ))}
    </ul>
  );
}
