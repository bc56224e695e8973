import { useTranslation } from 'react-i18next';
import { money } from '../../lib/format';
import type { Order } from '../buyer';
import { Choice } from '../ui/Field';
import { isProofless } from './rights';
import { kindsAt, reasonTree, type Draft } from './request';

export interface Part {
  order: Order;
  draft: Draft;
  change: (part: Partial<Draft>) => void;
}

export function Goods({ order, draft, change }: Part) {
  const { t } = useTranslation('portal_apply');
  const put = (line: string, units: number) => change({ units: { ...draft.units, [line]: units } });
  return (
    <section className="card">
      <fieldset className="choice">
        <legend>{t('goods')}</legend>
        {order.lines.map((line) => {
          const units = draft.units[line.id] ?? 0;
          return (
            <div key={line.id} className="goods">
              <label>
                <input type="checkbox" checked={units > 0} disabled={line.in_hand === 0} onChange={(event) => put(line.id, event.target.checked ? line.in_hand : 0)} />
                <span className="grow">
                  {line.title}
                  <small className="muted">{line.in_hand === 0 ? t('goods_gone') : `${money(line.paid)} · ${t('goods_left', { count: line.in_hand })}`}</small>
                </span>
              </label>
              {units > 0 && line.in_hand > 1 && (
                <div className="stepper" role="group" aria-label={t('goods_units', { title: line.title })}>
                  <button type="button" aria-label={t('fewer')} disabled={units <= 1} onClick={() => put(line.id, units - 1)}>−</button>
                  <output>{units}</output>
                  <button type="button" aria-label={t('more')} disabled={units >= line.in_hand} onClick={() => put(line.id, units + 1)}>+</button>
                </div>
              )}
            </div>
          );
        })}
      </fieldset>
    </section>
  );
}

export function KindChoice({ order, draft, change }: Part) {
  const { t } = useTranslation('portal_apply');
  const kinds = kindsAt(order.phase, order.lines.some(({ in_hand }) => in_hand > 0));
  const options = kinds.map((value) => ({ value, label: t(`common:kind.${value}`), hint: t(`kind_hint.${value}`) }));
  return (
    <section className="card kinds">
      <Choice name="kind" label={t('kind')} options={options} value={draft.kind} onPick={(kind) => change({ kind: kind as Draft['kind'] })} />
    </section>
  );
}

export function ReasonChoice({ order, draft, change }: Part) {
  const { t } = useTranslation('portal_apply');
  const { groups, below } = reasonTree(order.reasons, draft.group);
  const option = ({ code, title }: Order['reasons'][number]) => ({
    value: code,
    label: title,
    ...(draft.kind && isProofless(order, draft.kind, code) ? { hint: t('reason_proofless') } : {}),
    ...(code === draft.group && below.length > 0
      ? {
          below: (
            <div className="below">
              <Choice
                name="reason"
                label={t('reason_below', { group: title })}
                options={[...below.map((one) => ({ value: one.code, label: one.title })), { value: code, label: t('reason_other') }]}
                value={draft.reason}
                onPick={(reason) => change({ reason })}
              />
            </div>
          ),
        }
      : {}),
  });
  return (
    <section className="card">
      {/* A group that has more below it is a reason of its own until one of them is chosen. */}
      <Choice name="group" label={t('reason')} options={groups.map(option)} value={draft.group} onPick={(code) => change({ group: code, reason: code })} />
    </section>
  );
}
