import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Button, Checkbox, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Schema } from '../../../api/client';
import { blockLift } from '../../../api/abuse';
import { blocksQuery, buyerQuery, meQuery, peopleQuery } from '../../../api/queries';
import { moment } from '../../../lib/format';
import { Chip } from '../../../ui/Chip';
import { Empty } from '../../../ui/Empty';
import { ProblemNote } from '../../../ui/ProblemNote';

/** Who is blocked, why, by whom, until when; and who was. A block ends by itself. */
export function Blocks() {
  const { t } = useTranslation('settings');
  const [all, setAll] = useState(false);
  const query = useQuery(blocksQuery(all));
  const role = useQuery(meQuery).data?.role;
  const blocks = query.data?.blocks ?? [];
  const mayLift = role === 'supervisor' || role === 'manager' || role === 'admin';
  if (query.error) return <ProblemNote thrown={query.error} onRetry={() => void query.refetch()} />;
  return (
    <div className="stack">
      <Checkbox checked={all} onChange={(event) => setAll(event.target.checked)}>{t('blocks.all')}</Checkbox>
      {query.data?.days_max != null && <p className="muted">{t('blocks.bound', { days: query.data.days_max, clause: query.data.clause ?? '' })}</p>}
      {query.data && blocks.length === 0 && <Empty title={t('blocks.none')} hint={t('blocks.none_hint')} />}
      {blocks.length > 0 && (
        <section className="panel table-scroll" aria-label={t('section.blocks')}>
          <table className="table">
            <thead>
              <tr>{(['buyer', 'reason', 'added', 'until', 'acts'] as const).map((name) => <th key={name}>{t(`blocks.column_${name}`)}</th>)}</tr>
            </thead>
            <tbody>
              {blocks.map((block) => <Row key={block.id} block={block} mayLift={mayLift} />)}
            </tbody>
          </table>
        </section>
      )}
    </div>
  );
}

function Row({ block, mayLift }: { block: Schema['BlockDto']; mayLift: boolean }) {
  const { t } = useTranslation('settings');
  const client = useQueryClient();
  const buyer = useQuery(buyerQuery(block.buyer)).data;
  const named = buyer ? buyer.nickname || t('blocks.erased') : '';
  const people = useQuery(peopleQuery).data?.people;
  const nameOf = (id: string) => people?.find((one) => one.id === id)?.display_name ?? '–';
  const [reason, setReason] = useState<string>();
  const lift = useMutation({
    mutationFn: blockLift,
    onSuccess: () => {
      setReason(undefined);
      void client.invalidateQueries({ queryKey: ['blocks'] });
      void client.invalidateQueries({ queryKey: ['case'] });
    },
  });
  return (
    <tr>
      <td>
        {block.case ? <Link to="/cases/$caseId" params={{ caseId: block.case }}>{named}</Link> : named}
      </td>
      <td>
        {block.reason ?? t('blocks.erased')}
        {block.lift_reason && <p className="muted">{t('blocks.lifted_for', { reason: block.lift_reason })}</p>}
      </td>
      <td className="muted">{moment(block.added_at)}<br />{nameOf(block.added_by)}</td>
      <td className="muted">{moment(block.until)}</td>
      <td>
        {block.lifted_at && <Chip>{t('blocks.lifted', { at: moment(block.lifted_at), who: nameOf(block.lifted_by ?? '') })}</Chip>}
        {!block.lifted_at && !block.stands && <Chip>{t('blocks.over')}</Chip>}
        {block.stands && !mayLift && <Chip tone="red">{t('blocks.stands')}</Chip>}
        {block.stands && mayLift && reason === undefined && <Button size="small" onClick={() => setReason('')}>{t('blocks.lift')}</Button>}
        {block.stands && mayLift && reason !== undefined && (
          <form className="row" onSubmit={(event) => { event.preventDefault(); if (reason.trim()) lift.mutate({ id: block.id, reason: reason.trim() }); }}>
            <Input size="small" maxLength={500} aria-label={t('blocks.lift_reason')} placeholder={t('blocks.lift_reason')} value={reason} onChange={(event) => setReason(event.target.value)} />
            <Button size="small" htmlType="submit" type="primary" loading={lift.isPending} disabled={!reason.trim()}>{t('blocks.lift')}</Button>
          </form>
        )}
        {lift.error && <ProblemNote thrown={lift.error} />}
      </td>
    </tr>
  );
}
