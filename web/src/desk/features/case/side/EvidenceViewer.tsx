import { Button } from 'antd';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { actor } from '../../../../api/actor';
import type { Schema } from '../../../../api/client';
import { bytes, momentFull } from '../../../../lib/format';
import { Dialog } from '../../../../ui/Dialog';
import { usePeople } from '../../../names';
import { contentOf, isImage } from './EvidenceSection';

interface Props {
  pieces: Schema['Evidence'][];
  current: string;
  onChange: (id: string | undefined) => void;
}

const ZOOMS = [1, 1.5, 2, 3, 4];

/** One piece of evidence large, or two beside each other; turned, enlarged, with what is known of it. */
export default function EvidenceViewer({ pieces, current, onChange }: Props) {
  const { t } = useTranslation('case');
  const [zoom, setZoom] = useState(0);
  const [turn, setTurn] = useState(0);
  const [compared, setCompared] = useState(false);
  const at = Math.max(0, pieces.findIndex(({ id }) => id === current));
  const piece = pieces[at]!;
  const other = pieces[(at + 1) % pieces.length]!;
  const go = (by: number) => onChange(pieces[(at + by + pieces.length) % pieces.length]!.id);
  useEffect(() => {
    const keyed = (event: KeyboardEvent) => {
      if (event.key === 'ArrowRight') go(1);
      else if (event.key === 'ArrowLeft') go(-1);
      else if (event.key === 'z') setZoom((before) => (before + 1) % ZOOMS.length);
      else if (event.key === 'r') setTurn((before) => (before + 90) % 360);
      else if (event.key === 'c' && pieces.length > 1) setCompared((before) => !before);
    };
    window.addEventListener('keydown', keyed);
    return () => window.removeEventListener('keydown', keyed);
  });
  const transform = `rotate(${turn}deg) scale(${ZOOMS[zoom]})`;
  return (
    <Dialog title={piece.name ?? t(`evidence_kind.${piece.kind}`)} width={1200} onClose={() => onChange(undefined)}>
      <div className="row viewer-tools">
        <Button size="small" disabled={pieces.length < 2} onClick={() => go(-1)}>← {t('viewer.before')}</Button>
        <Button size="small" disabled={pieces.length < 2} onClick={() => go(1)}>{t('viewer.after')} →</Button>
        <span className="muted grow">{t('viewer.place', { at: at + 1, all: pieces.length })}</span>
        <Button size="small" onClick={() => setZoom((zoom + 1) % ZOOMS.length)}>{t('viewer.zoom', { times: ZOOMS[zoom] })} <kbd>z</kbd></Button>
        <Button size="small" onClick={() => setTurn((turn + 90) % 360)}>{t('viewer.turn')} <kbd>r</kbd></Button>
        <Button size="small" disabled={pieces.length < 2} type={compared ? 'primary' : 'default'} onClick={() => setCompared(!compared)}>{t('viewer.compare')} <kbd>c</kbd></Button>
        <Button size="small" href={contentOf(piece.id)} download={piece.name ?? piece.id}>{t('viewer.download')}</Button>
      </div>
      <div className="viewer" data-compared={compared || undefined}>
        <Shown piece={piece} transform={transform} />
        {compared && <Shown piece={other} transform={transform} />}
      </div>
    </Dialog>
  );
}

function Shown({ piece, transform }: { piece: Schema['Evidence']; transform: string }) {
  const { t } = useTranslation('case');
  const { nameOf } = usePeople();
  const by = actor(piece.added_by);
  return (
    <figure>
      <div className="viewer-ground">
        {piece.erased_at ? (
          <p>{t('erased')}</p>
        ) : isImage(piece) ? (
          <img src={contentOf(piece.id)} alt={piece.name ?? ''} style={{ transform }} />
        ) : piece.media.startsWith('video/') ? (
          // What a buyer filmed has no captions.
          // oxlint-disable-next-line jsx-a11y/media-has-caption
          <video src={contentOf(piece.id)} controls />
        ) : (
          <p>{t('viewer.no_preview')}</p>
        )}
      </div>
      <figcaption className="muted">
        {t(`evidence_kind.${piece.kind}`)} · {piece.media} · {bytes(piece.bytes)} · {momentFull(piece.added_at)} ·{' '}
        {by.kind === 'person' ? nameOf(by.id) : t(`actor.${by.kind}`)} · {t(piece.shared ? 'viewer.shared' : 'viewer.not_shared')}
        <br />
        SHA-256 <code>{piece.sha256}</code>
      </figcaption>
    </figure>
  );
}
