import { Button, Input } from 'antd';
import { useTranslation } from 'react-i18next';
import { useHotkeys } from '../../../lib/hotkeys';

export const SCORES = [1, 2, 3, 4, 5];
/** What is put down of a call, each under a line of its own. */
const PROMPTS = ['use', 'fault', 'effect', 'wish'] as const;

/** How a call goes, from its first sentence to its last. */
export function Asks({ names }: { names: readonly string[] }) {
  const { t } = useTranslation('followups');
  return (
    <section className="panel">
      <h2>{t('ask')}</h2>
      <ul className="asks">
        {names.map((name) => (
          <li key={name}>{t(`asks.${name}`)}</li>
        ))}
      </ul>
    </section>
  );
}

/** How satisfied the buyer is; the digits choose, too. */
export function Scores({ score, onScore }: { score: number | undefined; onScore: (score: number) => void }) {
  const { t } = useTranslation('followups');
  useHotkeys(Object.fromEntries(SCORES.map((n) => [String(n), () => onScore(n)])));
  return (
    <fieldset className="scores">
      <legend>{t('score')}</legend>
      {SCORES.map((n) => (
        <label key={n} data-chosen={score === n || undefined}>
          <input type="radio" name="score" className="visually-hidden" checked={score === n} onChange={() => onScore(n)} />
          {t(`case:score.${n}`)}
        </label>
      ))}
    </fieldset>
  );
}

/** What the buyer says, with lines to begin. */
export function Words({ text, onText }: { text: string; onText: (text: string) => void }) {
  const { t } = useTranslation('followups');
  return (
    <>
      <label className="stack">
        {t('words')}
        <Input.TextArea autoSize={{ minRows: 3, maxRows: 8 }} maxLength={10_000} value={text} onChange={(event) => onText(event.target.value)} />
      </label>
      <div className="row" role="group" aria-label={t('prompts')}>
        <span className="muted">{t('prompts')}</span>
        {PROMPTS.filter((name) => !text.includes(t(`prompt.${name}`))).map((name) => (
          <Button key={name} size="small" onClick={() => onText([text.trimEnd(), t(`prompt.${name}`)].filter(Boolean).join('\n'))}>
            {t(`prompt_name.${name}`)}
          </Button>
        ))}
      </div>
    </>
  );
}
