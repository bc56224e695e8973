// A real service for a test: its own folder, its own shop with demo data, a clock that stands until it
// is moved. AMENDS_BIN names the binary.
import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export const BINARY = process.env.AMENDS_BIN ?? '/usr/local/bin/amends';
const START_MS = 120_000;

export const PASSWORD = 'yuanman-demo';

export async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** With `bare`, a service that has no shop yet. */
export async function startService({ clock = 'system', data, bare = false } = {}) {
  const folder = data ?? (await mkdtemp(join(tmpdir(), 'amends-web-')));
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const log = [];
  let child;

  async function start(args) {
    child = spawn(BINARY, ['--data', folder, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
    child.on('error', (error) => log.push(`${BINARY}: ${error.message}`));
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => log.push(String(text)));
    const until = Date.now() + START_MS;
    for (;;) {
      const ready = await fetch(`${url}/readyz`).then((answer) => answer.ok, () => false);
      if (ready) return;
      if (child.exitCode !== null || Date.now() > until) throw new Error(`the service did not start:\n${log.join('').slice(-2000)}`);
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
  async function halt(signal = 'SIGTERM') {
    if (child.exitCode !== null) return;
    const gone = new Promise((resolve) => child.once('exit', resolve));
    child.kill(signal);
    await gone;
  }
  const listen = ['--listen', `127.0.0.1:${port}`];
  const command = bare ? ['serve', ...listen] : ['demo', ...listen, '--clock', clock];
  await start(command);
  return {
    url,
    folder,
    /** Pulls the plug and starts it again on the same data. */
    kill: () => halt('SIGKILL'),
    restart: () => start(command),
    /** What it said on its terminal. */
    said: () => log.join(''),
    async moveClock(body) {
      const answer = await fetch(`${url}/_clock`, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) });
      if (!answer.ok) throw new Error(`_clock: ${answer.status} ${await answer.text()}`);
    },
    async stop() {
      await halt();
      if (!data) await rm(folder, { recursive: true, force: true });
    },
  };
}

const given = (headers) => Object.fromEntries(Object.entries(headers).filter(([, value]) => value !== undefined));

/** Speaks to the service as somebody of the shop, beside the browser. */
export async function asPerson(url, login) {
  const answer = await fetch(`${url}/api/v1/sessions`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ login, password: PASSWORD }),
  });
  const cookie = answer.headers.get('set-cookie').split(';')[0];
  return async (method, path, body, headers = {}) => {
    const response = await fetch(`${url}/api/v1${path}`, {
      method,
      headers: given({ cookie, 'Content-Type': 'application/json', 'Accept-Language': 'zh-CN', 'Idempotency-Key': crypto.randomUUID(), ...headers }),
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
    return text ? JSON.parse(text) : undefined;
  };
}
