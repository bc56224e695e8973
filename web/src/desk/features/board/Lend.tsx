import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, InputNumber, Select } from 'antd';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { shopQuery, someCasesQuery, type CaseSummary } from '../../../api/queries';
import { ProblemNote } from '../../../ui/ProblemNote';
import { useHandlers } from '../../names';
import { asked, highValueOf, type View } from '../queue/views';

const QUEUES: View[] = ['unassigned', 'overdue', 'due_soon', 'high_value'];
const USUAL_COUNT = 10;
const MOST = 50;

interface Props {
  /** The cases he takes over, and who he is. */
  onPicked: (cases: CaseSummary[], to: string) => void;
}

/** Somebody lends a hand to a queue or a colleague: its most urgent cases, as many as he can take (INT-8). */
export function Lend({ onPicked }: Props) {
  const { t } = useTranslation('board');
  const client = useQueryClient();
  const handlers = useHandlers();
  const shop = useQuery(shopQuery).data;
  const [to, setTo] = useState<string>();
  const [queue, setQueue] = useState<string>('unassigned');
  const [count, setCount] = useState<number | null>(USUAL_COUNT);
  const pick = useMutation({
    mutationFn: async () => {
      const those = QUEUES.includes(queue as View) ? asked({ view: queue as View }, highValueOf(shop)) : asked({ assignee: queue }, highValueOf(shop));
      const page = await client.fetchQuery(someCasesQuery({ ...those, awaiting: 'shop', sort: 'due', limit: MOST }));
      return page.cases.filter((row) => row.assignee !== to).slice(0, count ?? USUAL_COUNT);
    },
    onSuccess: (cases) => cases.length > 0 && onPicked(cases, to!),
  });
  const options = [
    { label: t('lend.queues'), options: QUEUES.map((view) => ({ value: view as string, label: t(`common:view.${view}`) })) },
    { label: t('lend.colleagues'), options: handlers.filter(({ id }) => id !== to).map(({ id, display_name }) => ({ value: id, label: display_name })) },
  ];
  function submit(event: FormEvent) {
    event.preventDefault();
    if (to) pick.mutate();
  }
  return (
    <form className="panel wide lend" onSubmit={submit} aria-label={t('lend.title')}>
      <h2>{t('lend.title')}</h2>
      <label>
        {t('lend.who')}
        <Select aria-label={t('lend.who')} placeholder={t('lend.choose')} value={to} options={handlers.map(({ id, display_name }) => ({ value: id, label: display_name }))} onChange={setTo} />
      </label>
      <label>
        {t('lend.queue')}
        <Select aria-label={t('lend.queue')} value={queue} options={options} onChange={setQueue} />
      </label>
      <label>
        {t('lend.count')}
        <InputNumber aria-label={t('lend.count')} min={1} max={MOST} precision={0} value={count} onChange={setCount} />
      </label>
      <Button htmlType="submit" loading={pick.isPending} disabled={!to || to === queue || !count}>
        {t('lend.pick')}
      </Button>
      {pick.data?.length === 0 && <p className="muted" role="status">{t('lend.none')}</p>}
      {pick.error && <ProblemNote thrown={pick.error} />}
    </form>
  );
}
