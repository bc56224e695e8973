import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { CaseSummary } from '../../../api/queries';
import { moment, money } from '../../../lib/format';
import { useLanguage } from '../../../lib/i18n';
import type { Cell, Column } from '../../../ui/grid/Grid';
import type { Mark } from '../../../ui/grid/painter';
import { usePeople, useReasons } from '../../names';
import { severityTone, statusTone } from '../tones';

// English words are longer; both sets fit a screen of 1280.
const WIDTHS = {
  short: { number: '54px', due: '108px', turn: '70px', kind: '78px', status: '112px', handler: '70px', age: '70px', marks: '84px' },
  long: { number: '54px', due: '104px', turn: '84px', kind: '124px', status: '152px', handler: '76px', age: '56px', marks: '104px' },
};

/** What the queue shows of a case, in the order an agent reads it. */
export function useColumns(closed: boolean): Column<CaseSummary>[] {
  const { t } = useTranslation('queue');
  const { titles } = useReasons();
  const { nameOf } = usePeople();
  const width = WIDTHS[useLanguage() === 'en' ? 'long' : 'short'];
  return useMemo(() => {
    const due = (row: CaseSummary): Cell =>
      row.next_due_at ? { due: row.next_due_at, title: clockTitle(row) } : { text: t('no_clock'), look: 'muted' };
    const clockTitle = ({ next_clock: clock }: CaseSummary) =>
      clock ? t('clock', { clock: t(`case:clock.${clock.clock}`), follows: t(`case:expiry.${clock.on_expiry}`) }) : '';
    const turn = (row: CaseSummary): Cell => {
      if (row.reply_due) return { text: t('reply_due'), tone: 'amber' };
      if (!row.awaiting) return { text: '' };
      return { text: t(`common:awaiting.${row.awaiting}`), ...(row.awaiting === 'shop' ? {} : { look: 'muted' }) };
    };
    const marks = (row: CaseSummary): Mark[] => [
      ...(row.disputed ? [{ text: t('mark.disputed'), tone: 'violet' as const }] : []),
      ...(row.severity === 'high' || row.severity === 'critical' ? [{ text: t(`common:severity.${row.severity}`), tone: severityTone[row.severity] }] : []),
      ...(row.escalated_to ? [{ text: t('mark.escalated', { role: t(`common:role.${row.escalated_to}`) }), tone: 'amber' as const }] : []),
      ...(row.tags ?? []).map((text) => ({ text, tone: 'grey' as const })),
    ];
    return [
      { key: 'number', title: t('column.number'), width: width.number, cell: (row) => ({ text: `#${row.number}`, look: 'strong' }) },
      closed
        ? { key: 'closed', title: t('column.closed'), width: width.due, cell: (row) => ({ text: row.closed_at ? moment(row.closed_at) : '' }) }
        : { key: 'due', title: t('column.due'), width: width.due, cell: due },
      { key: 'turn', title: t('column.turn'), width: width.turn, cell: turn },
      { key: 'kind', title: t('column.kind'), width: width.kind, cell: (row) => ({ text: t(`common:kind.${row.kind}`) }) },
      { key: 'status', title: t('column.status'), width: width.status, cell: (row) => ({ text: t(`common:status.${row.status}`), tone: statusTone(row.status) }) },
      { key: 'goods', title: t('column.goods'), width: 'minmax(104px, 1.6fr)', align: 'elastic', cell: (row) => ({ text: goodsOf(row), title: [goodsOf(row), row.order_number].filter(Boolean).join('\n') }) },
      { key: 'reason', title: t('column.reason'), width: 'minmax(84px, 1fr)', align: 'elastic', cell: (row) => ({ text: titles.get(row.reason) ?? row.reason, title: titles.get(row.reason) ?? '', look: 'muted' }) },
      { key: 'marks', title: t('column.marks'), width: `minmax(${width.marks}, 1.2fr)`, align: 'elastic', cell: (row) => ({ marks: marks(row), title: marks(row).map(({ text }) => text).join(t('common:list.and')) }) },
      {
        key: 'amount',
        title: t('column.amount'),
        width: '92px',
        align: 'right',
        cell: (row) => (row.amount.minor > 0 ? { text: money(row.amount) } : { text: t('no_amount'), look: 'muted' }),
      },
      { key: 'handler', title: t('column.handler'), width: width.handler, align: 'elastic', cell: (row) => (row.assignee ? { text: nameOf(row.assignee) ?? '' } : { text: t('assignee_nobody'), look: 'muted' }) },
      { key: 'age', title: t('column.age'), width: width.age, cell: (row) => ({ since: row.opened_at, look: 'muted' }) },
    ];
    // With another language `t` is another function.
  }, [t, titles, nameOf, width, closed]);
}

/** What a case is about: the goods, and how many where it is more than one. */
export const goodsOf = ({ title, units }: CaseSummary) => [title, units > 1 ? `× ${units}` : ''].filter(Boolean).join(' ');
