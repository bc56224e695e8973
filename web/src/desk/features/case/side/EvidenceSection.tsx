import { FileOutlined, PlusOutlined, VideoCameraOutlined } from '@ant-design/icons';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Checkbox, Select } from 'antd';
import { lazy, Suspense, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Schema } from '../../../../api/client';
import { actor } from '../../../../api/actor';
import { evidenceAdd, newKey } from '../../../../api/commands';
import { evidenceQuery, readinessQuery, type CaseDto } from '../../../../api/queries';
import { bytes } from '../../../../lib/format';
import { useHotkeys } from '../../../../lib/hotkeys';
import { ProblemNote } from '../../../../ui/ProblemNote';
import { useCaseSearch } from '../search';
import { Alike } from './Alike';
import { Section } from './Section';

const EvidenceViewer = lazy(() => import('./EvidenceViewer'));

const KINDS = ['photo', 'video', 'chat_record', 'listing_snapshot', 'packing_photo', 'dispatch_check', 'logistics_trace', 'test_report', 'authorization', 'other'];
export const contentOf = (id: string) => `/api/v1/evidence/${id}/content`;
export const isImage = (piece: Schema['Evidence']) => piece.media.startsWith('image/') && piece.media !== 'image/heic';

/** The evidence of both sides, small; large in the viewer. */
export function EvidenceSection({ data, viewed }: { data: CaseDto; viewed: string | undefined }) {
  const { t } = useTranslation('case');
  const setSearch = useCaseSearch();
  const query = useQuery(evidenceQuery(data.id));
  const pieces = query.data?.evidence ?? [];
  const [adding, setAdding] = useState(false);
  const first = pieces[0]?.id;
  useHotkeys({ e: () => first && setSearch({ evidence: first }) });
  return (
    <Section
      name="evidence"
      title={t('section.evidence', { count: pieces.length })}
      aside={
        !data.closed_at && (
          <>
            {data.next.includes('ask_evidence') && (
              <Button size="small" onClick={() => setSearch({ do: 'ask_evidence' })}>
                {t('actions:action.ask_evidence.button')}
              </Button>
            )}
          <Button size="small" icon={<PlusOutlined />} aria-expanded={adding} onClick={() => setAdding(!adding)}>
            {t('evidence.add')}
          </Button>
          </>
        )
      }
    >
      {data.evidence_asked.length > 0 && (
        <p className="muted">{t('evidence.asked', { kinds: data.evidence_asked.map((kind) => t(`evidence_kind.${kind}`)).join(t('common:list.and')) })}</p>
      )}
      {adding && <Adding caseId={data.id} onDone={() => setAdding(false)} />}
      {query.error && <ProblemNote thrown={query.error} onRetry={() => void query.refetch()} />}
      {query.data && pieces.length === 0 && <p className="muted">{t('evidence.none')}</p>}
      <ul className="gallery">
        {pieces.map((piece) => (
          <li key={piece.id}>
            <button type="button" onClick={() => setSearch({ evidence: piece.id })} title={piece.name ?? ''}>
              {isImage(piece) && !piece.erased_at ? (
                <img src={contentOf(piece.id)} alt={piece.name ?? t(`evidence_kind.${piece.kind}`)} loading="lazy" />
              ) : (
                <span className="gallery-file">{piece.media.startsWith('video/') ? <VideoCameraOutlined /> : <FileOutlined />}</span>
              )}
              <span className="ellipsis">{t(`evidence_kind.${piece.kind}`)}</span>
            </button>
          </li>
        ))}
      </ul>
      {pieces.some((piece) => isImage(piece) && actor(piece.added_by).kind === 'buyer') && <Alike caseId={data.id} pieces={pieces} />}
      {viewed && pieces.length > 0 && (
        <Suspense>
          <EvidenceViewer pieces={pieces} current={viewed} onChange={(id) => setSearch({ evidence: id })} />
        </Suspense>
      )}
    </Section>
  );
}

/** A file to be added. It is sent under one key, so trying again adds it once. */
function Adding({ caseId, onDone }: { caseId: string; onDone: () => void }) {
  const { t } = useTranslation('case');
  const client = useQueryClient();
  const [file, setFile] = useState<File>();
  const [kind, setKind] = useState('photo');
  const [shared, setShared] = useState(false);
  const [busy, setBusy] = useState(false);
  const [failed, setFailed] = useState<unknown>();
  const key = useRef(newKey());
  async function send() {
    if (!file) return;
    setBusy(true);
    setFailed(undefined);
    try {
      await evidenceAdd(caseId, { file, kind, shared, key: key.current });
      await client.invalidateQueries({ queryKey: evidenceQuery(caseId).queryKey });
      void client.invalidateQueries({ queryKey: readinessQuery(caseId).queryKey });
      onDone();
    } catch (thrown) {
      setFailed(thrown);
    } finally {
      setBusy(false);
    }
  }
  return (
    <div className="evidence-add">
      <input
        type="file"
        aria-label={t('evidence.file')}
        accept="image/*,video/mp4,video/quicktime,application/pdf,text/plain"
        onChange={(event) => {
          key.current = newKey();
          setFailed(undefined);
          setFile(event.target.files?.[0]);
        }}
      />
      <div className="row">
        <Select size="small" aria-label={t('evidence.kind')} value={kind} options={KINDS.map((value) => ({ value, label: t(`evidence_kind.${value}`) }))} onChange={setKind} />
        <Checkbox checked={shared} onChange={(event) => setShared(event.target.checked)}>
          {t('evidence.shared')}
        </Checkbox>
        <span className="grow" />
        <Button size="small" type="primary" disabled={!file} loading={busy} onClick={() => void send()}>
          {file ? t('evidence.upload', { size: bytes(file.size) }) : t('evidence.choose')}
        </Button>
      </div>
      {failed !== undefined && <ProblemNote thrown={failed} onRetry={() => void send()} />}
    </div>
  );
}
