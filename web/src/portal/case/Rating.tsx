import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useDraft } from '../../lib/draft';
import { caseCommand, type Case } from '../buyer';
import { Words } from '../ui/Field';
import { Trouble } from '../ui/Trouble';

const SCORES = [1, 2, 3, 4, 5];

/** How it went: a score, and words if there are any. */
export function Rating({ data, reload }: { data: Case; reload: () => Promise<void> }) {
  const { t } = useTranslation('portal_case');
  const [score, setScore] = useDraft(`score.${data.id}`);
  const [text, setText] = useDraft(`rating.${data.id}`);
  const [key] = useState(() => crypto.randomUUID());
  const [thrown, setThrown] = useState<unknown>();
  const [busy, setBusy] = useState(false);
  const care = data.tracks.care as { state: string; score?: number | null } | null | undefined;
  if (care?.state === 'done' && care.score) return <p className="told" role="status">{t('rating.thanks')}</p>;
  if (!data.next.includes('follow_up')) return null;

  async function submit(event: FormEvent) {
    event.preventDefault();
    if (!score || busy) return;
    setBusy(true);
    setThrown(undefined);
    try {
      await caseCommand(data.id, 'follow-up', { score: Number(score), ...(text.trim() ? { text: text.trim() } : {}) }, { key });
      setScore('');
      setText('');
      await reload();
    } catch (caught) {
      setThrown(caught);
    } finally {
      setBusy(false);
    }
  }
  return (
    <form className="card rating" onSubmit={(event) => void submit(event)}>
      <fieldset>
        <legend>{t('rating.title')}</legend>
        <div className="scores">
          {SCORES.map((one) => (
            <label key={one}>
              <input type="radio" name="score" value={one} checked={score === String(one)} onChange={() => setScore(String(one))} />
              <b>{one}</b>
              <small>{t(`rating.score.${one}`)}</small>
            </label>
          ))}
        </div>
      </fieldset>
      <Words label={t('rating.text') + t('optional')} value={text} onText={setText} />
      {thrown !== undefined && <Trouble thrown={thrown} />}
      <button type="submit" className="button primary" disabled={busy || !score}>{t(busy ? 'sending' : 'rating.send')}</button>
    </form>
  );
}
