// Photos and videos: what was handed in, what is on its way, and where to add more.
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { bytes } from '../../lib/format';
import type { Evidence } from '../buyer';
import { Picture } from './Picture';
import type { Upload, Uploads } from './uploads';
import './evidence.css';

function Row({ upload, retry, remove }: { upload: Upload } & Pick<Uploads, 'retry' | 'remove'>) {
  const { t } = useTranslation('portal_apply');
  const { key, file, state, percent, problem } = upload;
  return (
    <li className="file" data-state={state}>
      <Picture file={file} media={file.type} name={file.name} />
      <span className="grow">
        <span className="file-name">{file.name}</span>
        {state === 'failed' ? (
          <span role="alert" className="bad">{problem?.title}<small>{problem?.detail}</small></span>
        ) : (
          <>
            <progress max={100} value={percent} aria-label={file.name} />
            <small className="muted">{t(state === 'waiting' ? 'file.waiting' : 'file.sending', { percent, size: bytes(file.size) })}</small>
          </>
        )}
        <span className="pair">
          {state === 'failed' && <button type="button" className="quiet" onClick={() => retry(key)}>{t('common:act.retry')}</button>}
          {state !== 'done' && <button type="button" className="quiet" onClick={() => remove(key)}>{t('file.remove')}</button>}
        </span>
      </span>
    </li>
  );
}

interface Props {
  handedIn: Evidence[];
  uploads: Uploads;
  hint: string;
  /** Takes a piece back, as long as it belongs to no case. */
  takeBack?: (id: string) => void;
}

export function EvidenceBox({ handedIn, uploads, hint, takeBack }: Props) {
  const { t } = useTranslation('portal_apply');
  const input = useRef<HTMLInputElement>(null);
  return (
    <div className="evidence">
      <p className="muted">{hint}</p>
      <ul>
        {handedIn.map(({ id, name, media, bytes: size, erased_at }) => (
          <li key={id} className="file" data-state="in">
            {!erased_at && <Picture id={id} media={media} name={name ?? ''} />}
            <span className="grow">
              <span className="file-name">{name}</span>
              <small className="good">{t('file.in', { size: bytes(size) })}</small>
              {takeBack && <button type="button" className="quiet" onClick={() => takeBack(id)}>{t('file.remove')}</button>}
            </span>
          </li>
        ))}
        {uploads.uploads.map((upload) => <Row key={upload.key} upload={upload} retry={uploads.retry} remove={uploads.remove} />)}
      </ul>
      <input
        ref={input}
        type="file"
        multiple
        hidden
        accept="image/jpeg,image/png,image/webp,image/gif,image/heic,video/mp4,video/quicktime,application/pdf"
        onChange={(event) => {
          uploads.add([...(event.target.files ?? [])]);
          // The same file may be chosen again after it was removed.
          event.target.value = '';
        }}
      />
      <button type="button" className="button add" onClick={() => input.current?.click()}>{t('file.add')}</button>
    </div>
  );
}
