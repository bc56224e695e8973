import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button, Input, InputNumber } from 'antd';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Schema } from '../../../../api/client';
import { caseCommand, newKey } from '../../../../api/commands';
import { isDeclined } from '../../../../api/problem';
import { caseQuery, type CaseDto } from '../../../../api/queries';
import { useDraft } from '../../../../lib/draft';
import { digitsOf, minorOf, money } from '../../../../lib/format';
import { ProblemNote } from '../../../../ui/ProblemNote';

interface Props {
  data: CaseDto;
  picked: Schema['RemedyDto'][];
  onDone: () => void;
}

type Figure = 'amount' | 'compensation';
const FIGURES: Figure[] = ['amount', 'compensation'];
type Written = Record<string, Partial<Record<Figure, number | null>>>;

/** Puts the staged remedies before the buyer, with words beside them and amounts within their clauses. */
export function OfferForm({ data, picked, onDone }: Props) {
  const { t } = useTranslation('case');
  const client = useQueryClient();
  const [text, setText] = useDraft(`offer.${data.id}`);
  const [written, setWritten] = useState<Written>({});
  const key = useRef(newKey());
  const { currency } = data.claim.amount;
  const command = useMutation({
    mutationFn: () =>
      caseCommand(
        data.id,
        'offer',
        {
          picks: picked.map(({ clause }) => ({
            clause: clause.id,
            ...Object.fromEntries(
              FIGURES.map((figure) => [figure, written[clause.id]?.[figure]] as const)
                .filter(([, value]) => value != null)
                .map(([figure, value]) => [figure, { minor: minorOf(value!, currency), currency }]),
            ),
          })),
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
      if (!isDeclined(thrown)) return;
      key.current = newKey();
      void client.invalidateQueries({ queryKey: caseQuery(data.id).queryKey });
    },
  });
  const write = (clause: string, figures: Written[string]) =>
    setWritten((before) => ({ ...before, [clause]: { ...before[clause], ...figures } }));
  const scale = 10 ** digitsOf(currency);
  return (
    <div className="offer-form">
      {picked.map((remedy) => {
        const { clause, middle } = remedy;
        // Only where its clause leaves room is there something to write.
        const open = FIGURES.filter((figure) => remedy[figure].most.minor > remedy[figure].least.minor);
        if (open.length === 0) return null;
        return (
          <fieldset key={clause.id}>
            <legend>{clause.title || clause.id}</legend>
            {open.map((figure) => (
              <label key={figure}>
                {t(`offer_${figure}`, { least: money(remedy[figure].least), most: money(remedy[figure].most) })}
                <InputNumber
                  min={remedy[figure].least.minor / scale}
                  max={remedy[figure].most.minor / scale}
                  precision={digitsOf(currency)}
                  suffix={currency}
                  controls={false}
                  placeholder={(remedy[figure].least.minor / scale).toFixed(digitsOf(currency))}
                  value={written[clause.id]?.[figure] ?? null}
                  onChange={(value) => write(clause.id, { [figure]: value })}
                />
              </label>
            ))}
            {middle && (
              <Button
                size="small"
                onClick={() => write(clause.id, Object.fromEntries(open.map((figure) => [figure, middle[figure].minor / scale])))}
              >
                {t('offer_middle', { amount: open.map((figure) => money(middle[figure])).join(' + ') })}
              </Button>
            )}
          </fieldset>
        );
      })}
      <Input.TextArea aria-label={t('offer_text')} placeholder={t('offer_text')} autoSize={{ minRows: 2, maxRows: 6 }} maxLength={10_000} value={text} onChange={(event) => setText(event.target.value)} />
      {command.error && <ProblemNote thrown={command.error} />}
      <Button type="primary" block loading={command.isPending} onClick={() => command.mutate()}>
        {t('offer_send', { count: picked.length })}
      </Button>
    </div>
  );
}
