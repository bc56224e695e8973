import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Input, Select } from 'antd';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { blockAdd } from '../../../../api/abuse';
import { blocksQuery, caseQuery } from '../../../../api/queries';
import { serverClock } from '../../../../lib/clock';
import { ProblemNote } from '../../../../ui/ProblemNote';

const DAY_MS = 24 * 60 * 60 * 1000;
const OFFERED = [7, 30, 90, 180];

/** Puts a buyer on the block list, for as long as the shop's rule allows. */
export function BlockForm({ buyer, caseId, onDone }: { buyer: string; caseId: string; onDone: () => void }) {
  const { t } = useTranslation('case');
  const client = useQueryClient();
  const most = useQuery(blocksQuery(false)).data?.days_max ?? 0;
  const [reason, setReason] = useState('');
  const [days, setDays] = useState<number>();
  const offered = OFFERED.filter((one) => one <= most);
  const chosen = days ?? offered[Math.min(1, offered.length - 1)];
  const block = useMutation({
    mutationFn: () =>
      // A minute less, so that the longest still counts when it arrives.
      blockAdd({ buyer, case: caseId, reason: reason.trim(), until: new Date(serverClock.now() + (chosen ?? 0) * DAY_MS - 60_000).toISOString() }),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: caseQuery(caseId).queryKey });
      void client.invalidateQueries({ queryKey: ['blocks'] });
      onDone();
    },
  });
  function submit(event: FormEvent) {
    event.preventDefault();
    if (reason.trim() && chosen) block.mutate();
  }
  return (
    <form className="block-form" onSubmit={submit} aria-label={t('block.title')}>
      <p className="muted">{t('block.hint')}</p>
      <label>
        {t('block.reason')}
        <Input.TextArea autoSize={{ minRows: 2 }} maxLength={500} value={reason} onChange={(event) => setReason(event.target.value)} />
      </label>
      <label>
        {t('block.days')}
        <Select aria-label={t('block.days')} value={chosen} options={offered.map((value) => ({ value, label: t('block.for_days', { count: value }) }))} onChange={setDays} />
      </label>
      {block.error && <ProblemNote thrown={block.error} />}
      <div className="row">
        <Button htmlType="submit" danger loading={block.isPending} disabled={!reason.trim() || !chosen}>{t('block.submit')}</Button>
        <Button onClick={onDone}>{t('common:act.cancel')}</Button>
      </div>
    </form>
  );
}
