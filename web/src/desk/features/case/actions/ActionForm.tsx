import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import { useRef, useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { Schema } from '../../../../api/client';
import { bulkCommand, caseCommand, newKey } from '../../../../api/commands';
import { isDeclined } from '../../../../api/problem';
import { caseQuery, evidenceQuery, orderQuery, policyQuery, signalsQuery, type CaseDto } from '../../../../api/queries';
import { coversQuery } from '../../../../api/warranty';
import { draftOf, keepDraft, keptAs } from '../../../../lib/draft';
import { money } from '../../../../lib/format';
import { ProblemNote } from '../../../../ui/ProblemNote';
import { useHandlers, useTagsOffered } from '../../../names';
import { FieldInput } from './FieldInput';
import { SPECS, type Sources, type Values } from './specs';
import { bodyOf, firstMissing } from './values';

interface Props {
  data: CaseDto;
  name: string;
  onClose: () => void;
}

/** The form of one action. Nothing is shown as done before the service says so. */
export function ActionForm({ data, name, onClose }: Props) {
  const { t } = useTranslation('case');
  const client = useQueryClient();
  const spec = SPECS[name]!;
  const sources = useSources(data, name);
  const draft = `form.${name}.${data.id}`;
  const [values, setValues] = useState<Values>(() => ({ ...spec.initial?.(data), ...keptAs<Values>(draftOf(draft)) }));
  const [tried, setTried] = useState(false);
  const key = useRef(newKey());
  const fields = spec.fields.filter((field) => field.when?.(values, sources) ?? true);
  const wanting = firstMissing(fields, values);

  const command = useMutation({
    mutationFn: () =>
      caseCommand(data.id, spec.route as 'assign', bodyOf(spec, fields, values, data) as never, {
        key: key.current,
        ...(spec.terms ? { terms: data.terms } : {}),
      }),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: caseQuery(data.id).queryKey });
      void client.invalidateQueries({ queryKey: ['timeline', data.id] });
      void client.invalidateQueries({ queryKey: ['cases'] });
      void client.invalidateQueries({ queryKey: ['counts'] });
      if (data.order) void client.invalidateQueries({ queryKey: orderQuery(data.order).queryKey });
      leave();
    },
    onError: (thrown) => {
      if (!isDeclined(thrown)) return;
      key.current = newKey();
      void client.invalidateQueries({ queryKey: caseQuery(data.id).queryKey });
    },
  });

  function change(field: string, value: unknown) {
    const next = { ...values, [field]: value };
    setValues(next);
    keepDraft(draft, JSON.stringify(next));
  }
  function leave() {
    keepDraft(draft, '');
    onClose();
  }
  const isPossible = data.next.includes(name);

  function submit(event: FormEvent) {
    event.preventDefault();
    setTried(true);
    if (!wanting && !command.isPending) command.mutate();
  }
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- Escape leaves the form from any field
    <form className="action-form" onSubmit={submit} onKeyDown={(event) => event.key === 'Escape' && leave()} aria-label={t(`actions:action.${name}.title`)}>
      <h2>{t(`actions:action.${name}.title`)}</h2>
      <p className="muted">{t(`actions:action.${name}.hint`)}</p>
      {fields.map((field, index) => (
        <FieldInput
          key={field.name}
          field={field}
          action={name}
          value={values[field.name]}
          currency={data.claim.amount.currency}
          sources={sources}
          isFirst={index === 0}
          wanting={tried && wanting?.name === field.name}
          onChange={(value) => change(field.name, value)}
        />
      ))}
      {!isPossible && !command.isPending && !spec.previews && (
        <div className="problem" role="alert">
          <div>
            <b>{t('not_possible.title')}</b>
            <p>{t('not_possible.detail')}</p>
          </div>
        </div>
      )}
      {spec.previews && !command.isPending && <Preview data={data} action={spec.previews} values={bodyOf(spec, fields, values, data)} />}
      {command.error && <ProblemNote thrown={command.error} />}
      <div className="row action-buttons">
        <Button htmlType="submit" type="primary" danger={spec.danger ?? false} loading={command.isPending} disabled={!isPossible} autoFocus={fields.length === 0}>
          {t(`actions:action.${name}.submit`)}
        </Button>
        <Button onClick={leave}>{t('common:act.cancel')}</Button>
      </div>
    </form>
  );
}

/** What it would pay, said by the service and not reckoned here. */
function Preview({ data, action, values }: { data: CaseDto; action: 'approve' | 'refund'; values: Values }) {
  const { t } = useTranslation('case');
  const { data: bulk, error } = useQuery({
    queryKey: ['case', data.id, 'preview', action, values, data.terms],
    queryFn: () =>
      bulkCommand({ action, cases: [data.id], preview: true, arguments: values as never, terms: { [data.id]: data.terms } }, newKey()),
  });
  const one = bulk?.cases[0];
  if (error) return <ProblemNote thrown={error} />;
  if (!one) return <p className="muted">{t('preview.asking')}</p>;
  if (one.refused) {
    return (
      <div className="problem" role="status">
        <div>
          <b>{one.refused.title}</b>
          <p>{one.refused.detail}</p>
        </div>
      </div>
    );
  }
  return (
    <p className="preview" role="status">
      {one.done!.pays.minor > 0 ? t('preview.pays', { amount: money(one.done!.pays) }) : t('preview.pays_nothing')}
    </p>
  );
}

function useSources(data: CaseDto, name: string): Sources {
  const { t } = useTranslation('case');
  const handlers = useHandlers();
  const policy = useQuery(policyQuery(data.policy)).data;
  const evidence = useQuery(evidenceQuery(data.id)).data?.evidence ?? [];
  const order = useQuery({ ...orderQuery(data.order ?? ''), enabled: Boolean(data.order) }).data;
  const signals = useQuery({ ...signalsQuery(data.id), enabled: name === 'note_abuse' }).data?.signals ?? [];
  const covers = useQuery({ ...coversQuery(data.order ?? ''), enabled: name === 'claim_cover' && Boolean(data.order) }).data?.covers ?? [];
  const said = new Map(signals.flatMap((signal) => signal.words).map(({ message, words }) => [message, words]));
  return {
    quoted: [...said].map(([value, label]) => ({ value, label })),
    skus: order?.lines.map(({ sku, title }) => ({ value: sku, label: title })) ?? [],
    covers,
    data,
    handlers,
    refusals: policy?.refusal_reasons ?? [],
    causes: causesOf(policy, data.reason.code),
    evidence,
    tags: useTagsOffered(),
    word: (group, value) => t(`${group}.${value}`),
    lineTitle: (line) => order?.lines.find(({ id }) => id === line)?.title ?? '',
  };
}

/** What a reason's trouble can come from: causes of the reason itself, of its group, or of any. */
function causesOf(policy: Schema['PolicyDto'] | undefined, reason: string): Schema['NamedDto'][] {
  const group = policy?.reasons.find(({ code }) => code === reason)?.parent;
  return policy?.causes.filter(({ reasons }) => reasons.length === 0 || reasons.includes(reason) || (group && reasons.includes(group))) ?? [];
}
