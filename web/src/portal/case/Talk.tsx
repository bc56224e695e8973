// Words between buyer and shop. One's own are shown at once; whether they arrived is said beneath.
import { useTranslation } from 'react-i18next';
import { actor } from '../../api/actor';
import { useDraft } from '../../lib/draft';
import { moment } from '../../lib/format';
import type { Entry } from '../buyer';
import { Words } from '../ui/Field';
import { draftName, sendAgain, sendText, takeBack, usePending } from './pending';

export function Talk({ id, entries, canWrite, reload }: { id: string; entries: Entry[]; canWrite: boolean; reload: () => Promise<void> }) {
  const { t } = useTranslation('portal_case');
  const [text, setText] = useDraft(draftName(id));
  const pending = usePending(id, reload);
  const said = entries.filter((entry) => entry.text && entry.type === 'text_added');
  function send() {
    if (!text.trim()) return;
    sendText(id, text.trim());
    setText('');
  }
  if (said.length === 0 && pending.length === 0 && !canWrite) return null;
  return (
    <section className="card">
      <h2>{t('talk')}</h2>
      <ol className="talk">
        {said.map((entry) => {
          const isMine = actor(entry.actor).kind === 'buyer';
          return (
            <li key={entry.seq} data-mine={isMine}>
              <p>{entry.text}</p>
              <small className="muted">{t(isMine ? 'me' : 'shop')} · {moment(entry.at)}</small>
            </li>
          );
        })}
        {pending.map((one) => (
          <li key={one.key} data-mine data-pending={one.state}>
            <p>{one.text}</p>
            {one.state === 'sending' ? (
              <small className="muted">{t('sending')}</small>
            ) : (
              <div role="alert" className="bad">
                {one.title}
                <small>{one.detail}</small>
                <span className="pair">
                  {!one.isDeclined && <button type="button" className="quiet" onClick={() => sendAgain(id, one)}>{t('common:act.retry')}</button>}
                  <button type="button" className="quiet" onClick={() => takeBack(id, one)}>{t('take_back')}</button>
                </span>
              </div>
            )}
          </li>
        ))}
      </ol>
      {canWrite && (
        <form onSubmit={(event) => { event.preventDefault(); send(); }}>
          <Words label={t('message')} value={text} onText={setText} />
          <button type="submit" className="button" disabled={!text.trim()}>{t('message_send')}</button>
        </form>
      )}
    </section>
  );
}
