import { useQuery } from '@tanstack/react-query';
import { Segmented } from 'antd';
import { useLayoutEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { buyerQuery, policyQuery, timelineQuery, type CaseDto } from '../../../../api/queries';
import { day } from '../../../../lib/format';
import { ProblemNote } from '../../../../ui/ProblemNote';
import { usePeople, useReasons } from '../../../names';
import { usePending } from '../pending';
import { Ahead } from './Ahead';
import { Block, Bubble, PendingBubble } from './Parts';
import { itemsOf, type Shown } from './groups';
import type { Speaking } from './words';
import './timeline.css';

const SHOWN: Shown[] = ['all', 'talk', 'events'];
const NEAR_END_PX = 120;

/** Everything that happened and was said, oldest first, the newest in view. */
export function Timeline({ data }: { data: CaseDto }) {
  const { t, i18n } = useTranslation('case');
  const [shown, setShown] = useState<Shown>('all');
  const query = useQuery(timelineQuery(data.id));
  const pending = usePending(data.id);
  const speaking = useSpeaking(data);
  const items = useMemo(
    () => itemsOf(query.data ?? [], shown, day),
    // Days are named in the reader's language.
    [query.data, shown, i18n.language], // oxlint-disable-line react-hooks/exhaustive-deps
  );
  const scroller = useRef<HTMLDivElement>(null);
  const atEnd = useRef(true);
  const newest = `${items.at(-1)?.key} ${pending.length} ${shown}`;
  useLayoutEffect(() => {
    const element = scroller.current;
    if (element && atEnd.current) element.scrollTop = element.scrollHeight;
  }, [newest]);

  return (
    <>
      <div className="timeline-bar">
        <Segmented
          size="small"
          aria-label={t('shown.label')}
          value={shown}
          options={SHOWN.map((value) => ({ value, label: t(`shown.${value}`) }))}
          onChange={setShown}
        />
      </div>
      <div
        className="timeline"
        ref={scroller}
        tabIndex={0}
        role="log"
        aria-label={t('timeline')}
        onScroll={({ currentTarget: { scrollHeight, scrollTop, clientHeight } }) => {
          atEnd.current = scrollHeight - scrollTop - clientHeight < NEAR_END_PX;
        }}
      >
        {query.error && <ProblemNote thrown={query.error} onRetry={() => void query.refetch()} />}
        {items.map((item) => {
          if (item.kind === 'day') return <div key={item.key} className="timeline-day"><span>{item.day}</span></div>;
          if (item.kind === 'said') return <Bubble key={item.key} said={item} speaking={speaking} />;
          return <Block key={item.key} block={item} speaking={speaking} />;
        })}
        {pending.map((one) => (
          <PendingBubble key={one.key} pending={one} caseId={data.id} />
        ))}
        {shown !== 'talk' && query.data && <Ahead data={data} />}
      </div>
    </>
  );
}

function useSpeaking(data: CaseDto): Speaking {
  const { t, i18n } = useTranslation('case');
  const { nameOf } = usePeople();
  const { titles } = useReasons();
  const policy = useQuery(policyQuery(data.policy)).data;
  const buyer = useQuery({ ...buyerQuery(data.buyer ?? ''), enabled: Boolean(data.buyer) }).data?.nickname;
  const currency = data.claim.amount.currency;
  return useMemo(
    () => ({
      t,
      currency,
      nameOf,
      reasons: titles,
      refusals: new Map(policy?.refusal_reasons.map(({ code, title }) => [code, title])),
      clauses: new Map(policy?.clauses.map(({ id, title }) => [id, title])),
      buyer,
    }),
    [t, i18n.language, currency, nameOf, titles, policy, buyer], // oxlint-disable-line react-hooks/exhaustive-deps
  );
}
