import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { CaseSummary } from '../../../api/queries';
import { age, moment, money } from '../../../lib/format';
import { useNow } from '../../../lib/clock';
import { Chip } from '../../../ui/Chip';
import { Countdown, showMoment } from '../../../ui/Countdown';
import type { Column } from '../../../ui/grid/Grid';
import { useReasons } from '../../names';
import { statusTone } from '../tones';

const MINUTE_MS = 60_000;

function Age({ at }: { at: string }) {
  const opened = Date.parse(at);
  // To the minute: an age that ticked every second would draw the whole page anew for nothing.
  const text = useNow((now) => age(Math.floor((now - opened) / MINUTE_MS) * MINUTE_MS));
  return (
    <time className="muted" dateTime={at} onPointerEnter={showMoment}>
      {text}
    </time>
  );
}

/** What the queue shows of a case, in the order an agent reads it. */
export function useColumns(closed: boolean): Column<CaseSummary>[] {
  const { t } = useTranslation('queue');
  const { titles } = useReasons();
  return useMemo(
    () => [
      { key: 'number', title: t('column.number'), width: '72px', cell: (row) => <b>#{row.number}</b> },
      closed
        ? {
            key: 'closed',
            title: t('column.closed'),
            width: '124px',
            cell: (row) => row.closed_at && moment(row.closed_at),
          }
        : {
            key: 'due',
            title: t('column.due'),
            width: '136px',
            cell: (row) => (row.next_due_at ? <Countdown dueAt={row.next_due_at} /> : <span className="muted">{t('no_clock')}</span>),
          },
      { key: 'kind', title: t('column.kind'), width: '140px', cell: (row) => <Chip>{t(`common:kind.${row.kind}`)}</Chip> },
      {
        key: 'status',
        title: t('column.status'),
        width: 'minmax(140px, 1fr)',
        cell: (row) => <Chip tone={statusTone(row.status)}>{t(`common:status.${row.status}`)}</Chip>,
      },
      { key: 'reason', title: t('column.reason'), width: 'minmax(120px, 1.6fr)', cell: (row) => titles.get(row.reason) ?? row.reason },
      {
        key: 'amount',
        title: t('column.amount'),
        width: '112px',
        align: 'right',
        cell: (row) => (row.amount.minor > 0 ? money(row.amount) : <span className="muted">{t('no_amount')}</span>),
      },
      { key: 'age', title: t('column.age'), width: '92px', cell: (row) => <Age at={row.opened_at} /> },
    ],
    // With another language `t` is another function.
    [t, titles, closed],
  );
}
