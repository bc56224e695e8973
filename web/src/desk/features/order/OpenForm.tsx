import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Button, Checkbox, Input, InputNumber, Segmented, Select } from 'antd';
import { useRef, type FormEvent, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Schema } from '../../../api/client';
import { caseOpen, newKey } from '../../../api/commands';
import { policyQuery } from '../../../api/queries';
import { asProblem, isDeclined } from '../../../api/problem';
import { keptAs, useDraft } from '../../../lib/draft';
import { digitsOf, minorOf } from '../../../lib/format';
import { ProblemNote } from '../../../ui/ProblemNote';
import { KINDS } from '../../kinds';

type Order = Schema['OrderDto'];

const CHANNELS = ['phone', 'chat', 'email'] as const satisfies Schema['Channel'][];

interface Draft {
  kind?: Schema['Kind'];
  reason?: string;
  channel: Schema['Channel'];
  units: Record<string, number>;
  intact?: boolean | undefined;
  photos?: number;
  amount?: number;
  replacement?: string;
  carrier?: string;
  waybill?: string;
  text?: string;
  anew?: boolean;
  /** A question or a complaint that is not about this order. */
  apart?: boolean;
}

const WITHOUT_GOODS: Schema['Kind'][] = ['consultation', 'complaint'];
const isApart = ({ kind, apart }: Draft) => Boolean(apart && kind && WITHOUT_GOODS.includes(kind));

/** What was typed, as the service takes it. */
function wanted(draft: Draft, order: Order): Schema['CaseOpenBody'] {
  const said = { kind: draft.kind!, reason: draft.reason!, channel: draft.channel, text: draft.text?.trim() || null };
  if (isApart(draft)) return { ...said, buyer: order.buyer, lines: [] };
  const parcel = draft.carrier?.trim() && draft.waybill?.trim() ? { carrier: draft.carrier.trim(), waybill: draft.waybill.trim() } : null;
  return {
    ...said,
    order: order.id,
    lines: Object.entries(draft.units).filter(([, units]) => units > 0).map(([line, units]) => ({ line, units })),
    goods_intact: draft.intact ?? null,
    photos: draft.photos ?? 0,
    amount: draft.amount ? { minor: minorOf(draft.amount, order.paid.currency), currency: order.paid.currency } : null,
    replacement_sku: draft.kind === 'exchange' ? draft.replacement?.trim() || null : null,
    refused_parcel: parcel,
    new_fault: draft.anew ?? false,
  };
}

/** A case for a buyer who calls, chats or writes: what he says, put down by whoever hears it. */
export function OpenForm({ order, onClose }: { order: Order; onClose: () => void }) {
  const { t } = useTranslation('order');
  const navigate = useNavigate();
  const client = useQueryClient();
  const reasons = useQuery(policyQuery()).data?.reasons.filter(({ own }) => !own) ?? [];
  const [kept, keep] = useDraft(`open.${order.id}`);
  const usual: Draft = { channel: 'phone', units: order.lines.length === 1 ? { [order.lines[0]!.id]: 1 } : {} };
  const draft: Draft = { ...usual, ...keptAs<Draft>(kept) };
  const set = (change: Partial<Draft>) => keep(JSON.stringify({ ...draft, ...change }));
  const key = useRef(newKey());
  const open = useMutation({
    mutationFn: () => caseOpen(wanted(draft, order), key.current),
    onSuccess: ({ case: id }) => {
      keep('');
      void client.invalidateQueries({ queryKey: ['cases'] });
      void client.invalidateQueries({ queryKey: ['order', order.id] });
      void navigate({ to: '/cases/$caseId', params: { caseId: id } });
    },
    onError: (thrown) => {
      if (isDeclined(thrown)) key.current = newKey();
    },
  });
  const parents = new Set(reasons.map(({ parent }) => parent));
  const groups = reasons.filter(({ code, parent }) => !parent && parents.has(code));
  const leaf = ({ code, title }: Schema['ReasonDto']) => ({ value: code, label: title });
  const reasonOptions = [
    ...groups.map((group) => ({ label: group.title, options: [group, ...reasons.filter(({ parent }) => parent === group.code)].map(leaf) })),
    ...reasons.filter(({ code, parent }) => !parent && !parents.has(code)).map(leaf),
  ];
  const settled = open.error && asProblem(open.error).code === 'settled_before';
  function submit(event: FormEvent) {
    event.preventDefault();
    if (draft.kind && draft.reason) open.mutate();
  }
  return (
    <form className="panel wide open-form" onSubmit={submit} aria-label={t('open.title')}>
      <h2>{t('open.title')}</h2>
      <p className="muted">{t('open.hint')}</p>
      <Field label={t('open.kind')}>
        <Select autoFocus aria-label={t('open.kind')} value={draft.kind ?? null} options={KINDS.map((value) => ({ value, label: t(`common:kind.${value}`) }))} onChange={(kind: Schema['Kind']) => set({ kind })} />
      </Field>
      <Field label={t('open.reason')}>
        <Select aria-label={t('open.reason')} showSearch={{ optionFilterProp: 'label' }} value={draft.reason ?? null} options={reasonOptions} onChange={(reason: string) => set({ reason })} />
      </Field>
      <Field label={t('open.channel')}>
        <Segmented aria-label={t('open.channel')} value={draft.channel} options={CHANNELS.map((value) => ({ value, label: t(`channel.${value}`) }))} onChange={(channel) => set({ channel })} />
      </Field>
      {draft.kind && WITHOUT_GOODS.includes(draft.kind) && (
        <Checkbox className="wide" checked={draft.apart ?? false} onChange={(event) => set({ apart: event.target.checked })}>
          {t('open.apart')}
        </Checkbox>
      )}
      {!isApart(draft) && <Goods order={order} draft={draft} set={set} />}
      <label className="wide">
        {t('open.text')}
        <Input.TextArea autoSize={{ minRows: 3, maxRows: 8 }} maxLength={10_000} value={draft.text ?? ''} onChange={(event) => set({ text: event.target.value })} />
      </label>
      {settled && (
        <Checkbox className="wide" checked={draft.anew ?? false} onChange={(event) => set({ anew: event.target.checked })}>
          {t('open.anew')}
        </Checkbox>
      )}
      {open.error && <ProblemNote thrown={open.error} />}
      <div className="row wide">
        <Button type="primary" htmlType="submit" loading={open.isPending} disabled={!draft.kind || !draft.reason}>
          {t('open.submit')}
        </Button>
        <Button onClick={onClose}>{t('common:act.cancel')}</Button>
      </div>
    </form>
  );
}

/** What of the order it is about, and what is wanted for it. */
function Goods({ order, draft, set }: { order: Order; draft: Draft; set: (change: Partial<Draft>) => void }) {
  const { t } = useTranslation('order');
  const mayBeRefused = draft.kind === 'return_and_refund' && order.phase === 'dispatched';
  return (
    <>
      <fieldset className="open-lines">
        <legend>{t('open.lines')}</legend>
        {order.lines.map((line) => (
          <label key={line.id} className="row">
            <span className="grow">{line.title}</span>
            <InputNumber size="small" min={0} max={line.units.length} precision={0} aria-label={t('open.units', { title: line.title })} value={draft.units[line.id] ?? 0} onChange={(units) => set({ units: { ...draft.units, [line.id]: units ?? 0 } })} />
            <span className="muted">/ {line.units.length}</span>
          </label>
        ))}
      </fieldset>
      <Field label={t('open.intact')}>
        <Segmented aria-label={t('open.intact')} value={draft.intact === undefined ? 'unsaid' : draft.intact ? 'yes' : 'no'} options={(['unsaid', 'yes', 'no'] as const).map((value) => ({ value, label: t(`open.intact_${value}`) }))} onChange={(value) => set({ intact: value === 'unsaid' ? undefined : value === 'yes' })} />
      </Field>
      <Field label={t('open.photos')}>
        <InputNumber aria-label={t('open.photos')} min={0} max={60} precision={0} value={draft.photos ?? 0} onChange={(photos) => set({ photos: photos ?? 0 })} />
      </Field>
      <Field label={t('open.amount')}>
        <InputNumber aria-label={t('open.amount')} min={0} precision={digitsOf(order.paid.currency)} suffix={order.paid.currency} controls={false} value={draft.amount ?? null} onChange={(amount) => set({ amount: amount ?? 0 })} />
      </Field>
      {draft.kind === 'exchange' && (
        <Field label={t('open.replacement')}>
          <Input aria-label={t('open.replacement')} maxLength={100} value={draft.replacement ?? ''} onChange={(event) => set({ replacement: event.target.value })} />
        </Field>
      )}
      {mayBeRefused && (
        <>
          <Field label={t('open.carrier')}>
            <Input aria-label={t('open.carrier')} maxLength={64} value={draft.carrier ?? ''} onChange={(event) => set({ carrier: event.target.value })} />
          </Field>
          <Field label={t('open.waybill')}>
            <Input aria-label={t('open.waybill')} maxLength={64} value={draft.waybill ?? ''} onChange={(event) => set({ waybill: event.target.value })} />
          </Field>
        </>
      )}
    </>
  );
}

function Field({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="open-field">
      <span>{label}</span>
      {children}
    </div>
  );
}
