import { CloseOutlined } from '@ant-design/icons';
import { useMutation, useQuery } from '@tanstack/react-query';
import { Button, Input, Select } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Schema } from '../../../api/client';
import { bulkCommand, newKey } from '../../../api/commands';
import { policyQuery, type CaseSummary } from '../../../api/queries';
import { ProblemNote } from '../../../ui/ProblemNote';
import { useHandlers, useTagsOffered } from '../../names';
import type { BulkAct } from './BulkBar';
import { BulkOutcome, TotalsText } from './BulkOutcome';

type Arguments = Record<string, unknown>;

interface Props {
  act: BulkAct;
  cases: CaseSummary[];
  /** What is filled in already. */
  given?: Arguments;
  onClose: () => void;
  onDone: () => void;
}

// Nothing to fill in: their preview is shown at once.
const BARE: ReadonlySet<BulkAct> = new Set(['approve', 'refund']);

/** One action on many cases: fill in, see what would come of each, confirm. Money goes by what the
 *  preview saw: a case whose terms changed since is left alone. */
export function BulkPanel({ act, cases, given, onClose, onDone }: Props) {
  const { t } = useTranslation('queue');
  const [filled, setFilled] = useState<Arguments | undefined>(given ?? (BARE.has(act) ? {} : undefined));
  const key = useRef(newKey());
  const numbers = new Map(cases.map((row) => [row.id, row.number]));
  const command = (ids: string[], preview: boolean): Schema['BulkBody'] => ({
    action: act,
    cases: ids,
    preview,
    // The description leaves open what each action takes.
    arguments: (filled ?? {}) as Schema['BulkBody']['arguments'],
    terms: Object.fromEntries(cases.map((row) => [row.id, row.terms])),
  });
  const preview = useMutation({ mutationFn: () => bulkCommand(command(cases.map(({ id }) => id), true), newKey()) });
  const confirm = useMutation({
    // What the preview excluded is not sent: what was confirmed is what is done.
    mutationFn: (ids: string[]) => bulkCommand(command(ids, false), key.current),
  });
  const asked = JSON.stringify([filled, cases.map(({ id, terms }) => [id, terms])]);
  useEffect(() => {
    key.current = newKey();
    preview.reset();
    if (BARE.has(act)) preview.mutate();
  }, [asked]); // oxlint-disable-line react-hooks/exhaustive-deps

  const seen = preview.data;
  const done = confirm.data;
  const able = seen?.cases.filter((one) => one.done).map((one) => one.case) ?? [];
  return (
    <aside className="bulk-panel" aria-label={t(`bulk.title.${act}`)}>
      <header className="row">
        <h2 className="grow">{t(`bulk.title.${act}`)}</h2>
        <Button type="text" size="small" icon={<CloseOutlined />} aria-label={t('common:act.close')} onClick={onClose} />
      </header>
      <div className="bulk-body">
        {!BARE.has(act) && !done && <ArgumentFields act={act} value={filled ?? {}} onChange={setFilled} />}
        {preview.error && <ProblemNote thrown={preview.error} onRetry={() => preview.mutate()} />}
        {confirm.error && <ProblemNote thrown={confirm.error} onRetry={() => confirm.mutate(able)} />}
        {preview.isPending && <p className="muted">{t('bulk.previewing', { count: cases.length })}</p>}
        {(done ?? seen) && <BulkOutcome bulk={(done ?? seen)!} numbers={numbers} />}
      </div>
      <footer>
        {done ? (
          <Button type="primary" block onClick={() => { onDone(); onClose(); }}>
            {t('bulk.finish')}
          </Button>
        ) : seen ? (
          <>
            <TotalsText bulk={seen} />
            <Button type="primary" block disabled={able.length === 0} loading={confirm.isPending} onClick={() => confirm.mutate(able)}>
              {t(able.length === 0 ? 'bulk.nothing' : `bulk.confirm.${act}`, { count: able.length })}
            </Button>
          </>
        ) : (
          <Button type="primary" block disabled={!isComplete(act, filled)} loading={preview.isPending} onClick={() => preview.mutate()}>
            {t('bulk.preview')}
          </Button>
        )}
      </footer>
    </aside>
  );
}

function isComplete(act: BulkAct, filled: Arguments | undefined): boolean {
  if (BARE.has(act)) return true;
  if (!filled) return false;
  if (act === 'assign') return 'to' in filled;
  if (act === 'refuse') return Boolean(filled['reason']);
  if (act === 'tag') return [filled['add'], filled['remove']].some((tags) => Array.isArray(tags) && tags.length > 0);
  return Boolean((filled['text'] as string | undefined)?.trim());
}

interface FieldsProps {
  act: BulkAct;
  value: Arguments;
  onChange: (value: Arguments) => void;
}

function ArgumentFields({ act, value, onChange }: FieldsProps) {
  const { t } = useTranslation('queue');
  const handlers = useHandlers();
  const refusals = useQuery(policyQuery()).data?.refusal_reasons ?? [];
  const offered = useTagsOffered();
  const set = (name: string) => (next: unknown) => onChange({ ...value, [name]: next });
  const tags = (name: 'add' | 'remove') => (
    <label>
      {t(`bulk.field.${name}`)}
      <Select mode="tags" options={offered} value={(value[name] as string[]) ?? []} onChange={set(name)} aria-label={t(`bulk.field.${name}`)} />
    </label>
  );
  if (act === 'assign') {
    return (
      <label>
        {t('bulk.field.to')}
        <Select
          autoFocus
          defaultOpen={!('to' in value)}
          aria-label={t('bulk.field.to')}
          value={value['to'] === null ? '' : value['to']}
          options={[
            ...handlers.map((person) => ({ value: person.id, label: `${person.display_name} · ${t(`common:role.${person.role}`)}` })),
            { value: '', label: t('bulk.field.nobody') },
          ]}
          onChange={(to: unknown) => set('to')(to === '' ? null : to)}
        />
      </label>
    );
  }
  if (act === 'tag') return <>{tags('add')}{tags('remove')}</>;
  return (
    <>
      {act === 'refuse' && (
        <label>
          {t('bulk.field.reason')}
          <Select
            aria-label={t('bulk.field.reason')}
            value={value['reason']}
            options={refusals.map(({ code, title }) => ({ value: code, label: title }))}
            onChange={set('reason')}
          />
        </label>
      )}
      <label>
        {t(`bulk.field.text_${act}`)}
        <Input.TextArea
          autoFocus={act !== 'refuse'}
          autoSize={{ minRows: 3, maxRows: 10 }}
          maxLength={10_000}
          value={(value['text'] as string | undefined) ?? ''}
          onChange={(event) => set('text')(event.target.value)}
        />
      </label>
    </>
  );
}
