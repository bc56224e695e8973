// Follows a stream of the service: the desk's, the shop's events, or a buyer's case. Written on fetch and not on EventSource, because a lost connection must
// be seen and said at once, an ended session told apart from it, and the position kept by us: with
// `Last-Event-ID` the service sends what was missed, once.
import type { components } from './schema';

export type StreamedEvent = components['schemas']['StreamedEvent'];
/** What the stream of the desk says: that a case changed. */
export interface Changed {
  case: string;
  seq: number;
  type: string;
}
export type Connection = 'connecting' | 'live' | 'lost' | 'signed_out';

interface Follower {
  /** Where the stream is, and from where on. */
  path: string;
  headers?: Record<string, string>;
  onMessage: (event: string, data: unknown) => void;
  /** The service has no such stream, or not for this role. */
  onMissing?: () => void;
  /** `resumed` says that nothing was missed since the last event. */
  onState: (state: Connection, resumed: boolean) => void;
}

// The service sends a heartbeat every fifteen seconds; three missed ones mean a dead line.
const SILENCE_MS = 45_000;
const RETRY_MS = [500, 1_000, 2_000, 4_000, 8_000, 15_000];

/** One message of the stream: its fields by name. */
export function fieldsOf(message: string): Map<string, string> {
  const fields = new Map<string, string>();
  for (const line of message.split('\n')) {
    const colon = line.indexOf(':');
    if (colon <= 0) continue;
    const name = line.slice(0, colon);
    const value = line.slice(colon + 1).replace(/^ /, '');
    const before = fields.get(name);
    fields.set(name, before === undefined ? value : `${before}\n${value}`);
  }
  return fields;
}

export function followEvents({ path, headers: own, onMessage, onMissing, onState }: Follower): () => void {
  let last: string | undefined;
  let attempt = 0;
  let stopped = false;
  let abort = new AbortController();
  let wake: (() => void) | undefined;

  async function read(response: Response) {
    const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
    let held = '';
    let watchdog = setTimeout(() => abort.abort(), SILENCE_MS);
    try {
      for (;;) {
        const { done, value } = await reader.read();
        if (done) return;
        clearTimeout(watchdog);
        watchdog = setTimeout(() => abort.abort(), SILENCE_MS);
        held += value.replaceAll('\r', '');
        for (let end = held.indexOf('\n\n'); end >= 0; end = held.indexOf('\n\n')) {
          const fields = fieldsOf(held.slice(0, end));
          held = held.slice(end + 2);
          const data = fields.get('data');
          if (data) onMessage(fields.get('event') ?? 'message', JSON.parse(data));
          last = fields.get('id') ?? last;
        }
      }
    } finally {
      clearTimeout(watchdog);
    }
  }

  async function connect(): Promise<void> {
    abort = new AbortController();
    const headers: Record<string, string> = { Accept: 'text/event-stream', ...own };
    if (last) headers['Last-Event-ID'] = last;
    const response = await fetch(path, { headers, signal: abort.signal });
    if (onMissing && (response.status === 404 || response.status === 403)) {
      stopped = true;
      onMissing();
      return;
    }
    if (response.status === 401 || response.status === 403) {
      stopped = true;
      onState('signed_out', false);
      return;
    }
    if (!response.ok) throw new Error(`stream ${response.status}`);
    onState('live', last !== undefined);
    attempt = 0;
    await read(response);
  }

  async function follow() {
    while (!stopped) {
      try {
        await connect();
      } catch {
        // Said by the state below; what was missed comes with the next connection.
      }
      if (stopped) return;
      onState('lost', false);
      const wait = RETRY_MS[Math.min(attempt, RETRY_MS.length - 1)]!;
      attempt += 1;
      await new Promise<void>((resolve) => {
        wake = resolve;
        setTimeout(resolve, wait * (0.75 + Math.random() / 2));
      });
    }
  }

  const retryNow = () => {
    attempt = 0;
    wake?.();
  };
  const goneOffline = () => abort.abort();
  window.addEventListener('online', retryNow);
  window.addEventListener('offline', goneOffline);
  onState('connecting', false);
  void follow();
  return () => {
    stopped = true;
    window.removeEventListener('online', retryNow);
    window.removeEventListener('offline', goneOffline);
    abort.abort();
    wake?.();
  };
}
