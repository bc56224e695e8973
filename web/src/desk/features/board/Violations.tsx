import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Button, Input, InputNumber, Select } from 'antd';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { Schema } from '../../../api/client';
import { meQuery, violationsQuery } from '../../../api/queries';
import { deductionAdd } from '../../../api/shop';
import { serverClock } from '../../../lib/clock';
import { forForm, inShopTime, moment } from '../../../lib/format';
import { Bars } from '../../../ui/Bars';
import { Dialog } from '../../../ui/Dialog';
import { Empty } from '../../../ui/Empty';
import { ProblemNote } from '../../../ui/ProblemNote';
import { usePeople } from '../../names';

const KINDS: Schema['Violation'][] = ['service_refused', 'fake_dispatch', 'hostile', 'review_demanded', 'pushed_on'];
const SHOWN = 5;

/** Points the platform deducted, and what was stopped before it could cost any. */
export function Violations() {
  const { t } = useTranslation('board');
  const query = useQuery(violationsQuery);
  const me = useQuery(meQuery).data;
  const { nameOf } = usePeople();
  const [adding, setAdding] = useState(false);
  const report = query.data;
  const mayAdd = me && ['supervisor', 'manager', 'admin'].includes(me.role);
  return (
    <section className="panel" aria-label={t('violations.title')}>
      <h2>
        {t('violations.title')}
        {report && <span className="muted">{t('violations.sum', { deducted: report.deducted, prevented: report.prevented })}</span>}
      </h2>
      {query.error && <ProblemNote thrown={query.error} onRetry={() => void query.refetch()} />}
      {report?.sums.length === 0 && <Empty title={t('none.violations')} hint={t('none_hint.violations')} />}
      {report && report.sums.length > 0 && (
        <Bars
          label={t('violations.title')}
          bars={KINDS.filter((kind) => report.sums.some(({ violation }) => violation === kind)).map((kind) => {
            const of = (prevented: boolean) => report.sums.find((sum) => sum.violation === kind && sum.prevented === prevented) ?? { count: 0, points: 0 };
            return {
              key: kind,
              label: t(`violations.kind.${kind}`),
              parts: [
                { value: of(false).count, tone: 'red', name: t('violations.deducted') },
                { value: of(true).count, tone: 'green', name: t('violations.prevented') },
              ],
              said: t('violations.row', { points: of(false).points, deducted: of(false).count, prevented: of(true).count }),
            };
          })}
        />
      )}
      <ul className="plain-list">
        {report?.latest.filter(({ prevented }) => !prevented).slice(0, SHOWN).map((one) => (
          <li key={one.reference}>
            <b>{t('violations.points', { points: one.points })}</b> {t(`violations.kind.${one.violation}`)} · {moment(one.at)} · {nameOf(one.person)}
            {one.case && <> · <Link to="/cases/$caseId" params={{ caseId: one.case }}>{t('violations.case')}</Link></>}
            <p className="muted">{one.note}</p>
          </li>
        ))}
      </ul>
      {mayAdd && <div><Button onClick={() => setAdding(true)}>{t('violations.add')}</Button></div>}
      {adding && <Deduction onClose={() => setAdding(false)} />}
    </section>
  );
}

function Deduction({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('board');
  const client = useQueryClient();
  const [reference, setReference] = useState('');
  const [at, setAt] = useState(() => forForm(serverClock.now()));
  const [violation, setViolation] = useState<Schema['Violation']>();
  const [points, setPoints] = useState<number | null>(null);
  const [note, setNote] = useState('');
  const add = useMutation({
    mutationFn: () => deductionAdd({ reference: reference.trim(), at: inShopTime(at), violation: violation!, points: points!, note: note.trim() }),
    onSuccess: () => {
      void client.invalidateQueries({ queryKey: violationsQuery.queryKey });
      onClose();
    },
  });
  const isWhole = Boolean(reference.trim() && at && violation && points !== null && note.trim());
  function submit(event: FormEvent) {
    event.preventDefault();
    if (isWhole) add.mutate();
  }
  return (
    <Dialog title={t('violations.add')} width={460} onClose={onClose}>
      <form className="form" onSubmit={submit}>
        <label>
          {t('violations.reference')}
          <Input maxLength={128} value={reference} onChange={(event) => setReference(event.target.value)} />
        </label>
        <label>
          {t('violations.at')}
          <input type="datetime-local" required value={at} onChange={(event) => setAt(event.target.value)} />
        </label>
        <label>
          {t('violations.what')}
          <Select
            aria-label={t('violations.what')}
            value={violation}
            options={KINDS.map((value) => ({ value, label: t(`violations.kind.${value}`) }))}
            onChange={setViolation}
            getPopupContainer={(trigger: HTMLElement) => trigger.parentElement!}
          />
        </label>
        <label>
          {t('violations.how_many')}
          <InputNumber min={0} max={1000} precision={0} value={points} onChange={setPoints} />
        </label>
        <label>
          {t('violations.note')}
          <Input.TextArea maxLength={500} rows={3} value={note} onChange={(event) => setNote(event.target.value)} />
        </label>
        {add.error && <ProblemNote thrown={add.error} />}
        <div className="row">
          <Button type="primary" htmlType="submit" loading={add.isPending} disabled={!isWhole}>{t('violations.submit')}</Button>
          <Button onClick={onClose}>{t('common:act.cancel')}</Button>
        </div>
      </form>
    </Dialog>
  );
}
