import { useVirtualizer } from '@tanstack/react-virtual';
import { Link } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { money } from '../../../lib/format';
import { Countdown } from '../../../ui/Countdown';
import { usePeople, useReasons } from '../../names';
import { goodsOf } from '../queue/columns';
import type { useCases } from '../queue/cases';
import type { QueueSearch } from '../queue/views';

const ITEM_PX = 74;

interface Props {
  list: ReturnType<typeof useCases>;
  current: string;
  search: QueueSearch;
}

/** The list the case was opened from, narrow, so that the next one is a glance away. */
export function CaseList({ list, current, search }: Props) {
  const { t } = useTranslation();
  const { titles } = useReasons();
  const { nameOf } = usePeople();
  const scroller = useRef<HTMLDivElement>(null);
  const { cases, total, more } = list;
  const virtual = useVirtualizer({
    count: cases.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ITEM_PX,
    overscan: 6,
  });
  const at = cases.findIndex((row) => row.id === current);
  useEffect(() => {
    if (at >= 0) virtual.scrollToIndex(at, { align: 'auto' });
    if (at >= cases.length - 5) more();
    // Follows the open case alone; a list that grows must not jump.
  }, [at]); // oxlint-disable-line react-hooks/exhaustive-deps

  return (
    <nav className="case-list" aria-label={t('queue:title')}>
      <Link to="/queue" search={search} className="case-list-head">
        <span className="grow">← {t(`view.${search.view ?? 'open'}`)}</span>
        <span className="muted">{total}</span>
      </Link>
      <div className="case-list-scroll" ref={scroller}>
        <ul style={{ height: virtual.getTotalSize(), position: 'relative' }}>
          {virtual.getVirtualItems().map((item) => {
            const row = cases[item.index]!;
            return (
              <li key={row.id} style={{ transform: `translateY(${item.start}px)` }}>
                <Link
                  to="/cases/$caseId"
                  params={{ caseId: row.id }}
                  search={search}
                  aria-current={row.id === current ? 'page' : undefined}
                >
                  <span className="row">
                    <b>#{row.number}</b>
                    <span className="grow ellipsis case-list-kind">{t(`kind.${row.kind}`)}</span>
                    {row.next_due_at && <Countdown dueAt={row.next_due_at} />}
                  </span>
                  <span className="row">
                    <span className="grow ellipsis" title={goodsOf(row)}>
                      {goodsOf(row) || titles.get(row.reason)}
                    </span>
                    {row.amount.minor > 0 && <span className="case-list-more">{money(row.amount)}</span>}
                  </span>
                  <span className="row muted">
                    <span className={row.awaiting === 'shop' ? 'ellipsis case-list-ours' : 'ellipsis'}>{row.reply_due ? t('queue:reply_due') : t(`status.${row.status}`)}</span>
                    <span className="grow ellipsis right">{row.assignee ? nameOf(row.assignee) : t('queue:assignee_nobody')}</span>
                  </span>
                </Link>
              </li>
            );
          })}
        </ul>
      </div>
    </nav>
  );
}
