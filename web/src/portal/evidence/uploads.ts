// Files on their way. One at a time, so that a thin line is not shared by ten; each under its own key, so
// that a retry after a lost answer hands in nothing twice. XMLHttpRequest, because fetch tells no progress.
import { useEffect, useRef, useState } from 'react';
import { networkProblem, problemOf, type Problem } from '../../api/problem';
import { language } from '../../lib/i18n';
import { bearer } from '../buyer';

export interface Upload {
  key: string;
  file: File;
  state: 'waiting' | 'sending' | 'failed' | 'done';
  percent: number;
  problem?: Problem;
}

export const kindOf = ({ type }: Pick<File, 'type'>) => (type.startsWith('video/') ? 'video' : type.startsWith('image/') ? 'photo' : 'other');

function transfer(path: string, { file, key }: Upload, signal: AbortSignal, onPercent: (percent: number) => void): Promise<Problem | undefined> {
  return new Promise((resolve) => {
    const request = new XMLHttpRequest();
    request.open('POST', `/api/v1/buyer${path}`);
    request.responseType = 'json';
    const headers = {
      ...bearer(), 'Accept-Language': language(), 'Content-Type': file.type || 'application/octet-stream',
      'Idempotency-Key': key, 'Evidence-Kind': kindOf(file), 'Evidence-Name': encodeURIComponent(file.name.slice(-200)),
    };
    for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
    request.upload.addEventListener('progress', ({ loaded, total }) => onPercent(Math.floor((loaded / (total || 1)) * 100)));
    request.addEventListener('load', () => resolve(request.status < 300 ? undefined : problemOf(request.response, request.status)));
    request.addEventListener('error', () => resolve(networkProblem()));
    request.addEventListener('abort', () => resolve(networkProblem()));
    signal.addEventListener('abort', () => request.abort());
    request.send(file);
  });
}

export interface Uploads {
  uploads: Upload[];
  add: (files: File[]) => void;
  retry: (key: string) => void;
  remove: (key: string) => void;
  isBusy: boolean;
}

/** `onDone` is told of each file that arrived; its row goes when the service's own list has it. */
export function useUploads(path: string, onDone: () => Promise<void>): Uploads {
  const [uploads, setUploads] = useState<Upload[]>([]);
  const abort = useRef<AbortController>(undefined);
  const running = useRef<string>(undefined);
  const done = useRef(onDone);
  useEffect(() => {
    done.current = onDone;
  });
  const put = (key: string, change: Partial<Upload>) =>
    setUploads((all) => all.map((one) => (one.key === key ? { ...one, ...change } : one)));
  const drop = (key: string) => setUploads((all) => all.filter((one) => one.key !== key));

  useEffect(() => {
    const next = uploads.find(({ state }) => state === 'waiting');
    if (!next || running.current !== undefined) return;
    running.current = next.key;
    abort.current = new AbortController();
    put(next.key, { state: 'sending', percent: 0 });
    void transfer(path, next, abort.current.signal, (percent) => put(next.key, { percent })).then(async (problem) => {
      running.current = undefined;
      if (problem) put(next.key, { state: 'failed', problem });
      else {
        put(next.key, { state: 'done', percent: 100 });
        await done.current();
        drop(next.key);
      }
    });
  }, [uploads, path]);

  return {
    uploads,
    isBusy: uploads.some(({ state }) => state === 'waiting' || state === 'sending'),
    add: (files) => setUploads((all) => [...all, ...files.map((file): Upload => ({ key: crypto.randomUUID(), file, state: 'waiting', percent: 0 }))]),
    retry: (key) => put(key, { state: 'waiting' }),
    remove: (key) => {
      if (running.current === key) abort.current?.abort();
      drop(key);
    },
  };
}
