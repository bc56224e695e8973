import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button, Input, InputNumber } from 'antd';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Schema } from '../../../../api/client';
import { caseCommand, newKey } from '../../../../api/commands';
import { ProblemError } from '../../../../api/problem';
import { caseQuery, type CaseDto } from '../../../../api/queries';
import { useDraft } from '../../../../lib/draft';
import { digitsOf, minorOf } from '../../../../lib/format';
import { ProblemNote } from '../../../../ui/ProblemNote';

interface Props {
  data: CaseDto;
  picked: Schema['RemedyDto'][];
  onDone: () => void;
}

/** Puts the staged remedies before the buyer, with words beside them and amounts within their clauses. */
export function OfferForm({ data, picked, onDone }: Props) {
  const { t } = useTranslation('case');
  const client = useQueryClient();
  const [text, setText] = useDraft(`offer.${data.id}`);
  const [amounts, setAmounts] = useState<Record<string, number | null>>({});
  const key = useRef(newKey());
  const { currency } = data.claim.amount;
  const command = useMutation({
    mutationFn: () =>
      caseCommand(
        data.id,
        'offer',
        {
          picks: picked.map(({ clause }) => {
            const amount = amounts[clause.id];
            return { clause: clause.id, ...(amount == null ? {} : { amount: { minor: minorOf(amount, currency), currency } }) };
          }),
          ...(text.trim() ? { text: text.trim() } : {}),
        },
        { key: key.current, terms: data.terms },
      ),
    onSuccess: async () => {
      setText('');
      await client.invalidateQueries({ queryKey: caseQuery(data.id).queryKey });
      void client.invalidateQueries({ queryKey: ['timeline', data.id] });
      onDone();
    },
    onError: (thrown) => {
      if (!(thrown instanceof ProblemError) || thrown.problem.status < 400) return;
      key.current = newKey();
      void client.invalidateQueries({ queryKey: caseQuery(data.id).queryKey });
    },
  });
  // Only what is paid out of the price is negotiable; a whole refund or an exchange has its amount.
  const negotiable = picked.filter(({ remedy }) => remedy === 'partial_refund');
  return (
    <div className="offer-form">
      {negotiable.map(({ clause, plan }) => (
        <label key={clause.id}>
          {t('offer_amount', { title: clause.title })}
          <InputNumber
            min={0}
            precision={digitsOf(currency)}
            suffix={currency}
            controls={false}
            placeholder={(plan.amount.minor / 10 ** digitsOf(currency)).toFixed(digitsOf(currency))}
            value={amounts[clause.id] ?? null}
            onChange={(amount) => setAmounts((before) => ({ ...before, [clause.id]: amount }))}
          />
        </label>
      ))}
      <Input.TextArea aria-label={t('offer_text')} placeholder={t('offer_text')} autoSize={{ minRows: 2, maxRows: 6 }} maxLength={10_000} value={text} onChange={(event) => setText(event.target.value)} />
      {command.error && <ProblemNote thrown={command.error} />}
      <Button type="primary" block loading={command.isPending} onClick={() => command.mutate()}>
        {t('offer_send', { count: picked.length })}
      </Button>
    </div>
  );
}
