import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Button, Checkbox, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Schema } from '../../../api/client';
import { listingCheckDone } from '../../../api/abuse';
import { checksQuery } from '../../../api/queries';
import { moment } from '../../../lib/format';
import { Empty } from '../../../ui/Empty';
import { ProblemNote } from '../../../ui/ProblemNote';

/** Listings that a finding says invited the claim: looked at, and mended where they are vague. */
export function Checks() {
  const { t } = useTranslation('settings');
  const [all, setAll] = useState(false);
  const query = useQuery(checksQuery(all));
  const checks = query.data?.checks ?? [];
  if (query.error) return <ProblemNote thrown={query.error} onRetry={() => void query.refetch()} />;
  return (
    <div className="stack">
      <Checkbox checked={all} onChange={(event) => setAll(event.target.checked)}>{t('checks.all')}</Checkbox>
      {query.data && checks.length === 0 && <Empty title={t('checks.none')} hint={t('checks.none_hint')} />}
      {checks.length > 0 && (
        <section className="panel table-scroll" aria-label={t('section.checks')}>
          <table className="table">
            <thead>
              <tr>{(['listing', 'case', 'opened', 'acts'] as const).map((name) => <th key={name}>{t(`checks.column_${name}`)}</th>)}</tr>
            </thead>
            <tbody>
              {checks.map((check) => <Row key={check.case + check.sku} check={check} />)}
            </tbody>
          </table>
        </section>
      )}
    </div>
  );
}

function Row({ check }: { check: Schema['ListingCheckDto'] }) {
  const { t } = useTranslation('settings');
  const client = useQueryClient();
  const [note, setNote] = useState('');
  const done = useMutation({
    mutationFn: listingCheckDone,
    onSuccess: () => client.invalidateQueries({ queryKey: ['listing-checks'] }),
  });
  return (
    <tr>
      <td>{check.title ?? check.sku}<br /><span className="muted">{check.sku}</span></td>
      <td><Link to="/cases/$caseId" params={{ caseId: check.case }}>#{check.number}</Link></td>
      <td className="muted">{moment(check.opened_at)}</td>
      <td>
        {check.done ? (
          <>{check.note}<p className="muted">{check.done_at && moment(check.done_at)}</p></>
        ) : (
          <form className="row" onSubmit={(event) => { event.preventDefault(); if (note.trim()) done.mutate({ case: check.case, sku: check.sku, note: note.trim() }); }}>
            <Input size="small" maxLength={500} aria-label={t('checks.note')} placeholder={t('checks.note')} value={note} onChange={(event) => setNote(event.target.value)} />
            <Button size="small" htmlType="submit" type="primary" loading={done.isPending} disabled={!note.trim()}>{t('checks.done')}</Button>
          </form>
        )}
        {done.error && <ProblemNote thrown={done.error} />}
      </td>
    </tr>
  );
}
