// Serves the built pages as the service will: the desk at /, the portal at /portal, a nonce in every
// page, the production content security policy, and the API passed on as it is.
import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createServer, request as httpRequest } from 'node:http';
import { extname, join, normalize } from 'node:path';

const DIST = new URL('../../dist/', import.meta.url).pathname;
const TYPES = { '.js': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml', '.woff2': 'font/woff2' };

const policy = (nonce) =>
  [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}'`,
    `style-src 'self' 'nonce-${nonce}'`,
    "style-src-attr 'unsafe-inline'",
    "img-src 'self' blob: data:",
    "media-src 'self' blob:",
    "connect-src 'self'",
    "frame-ancestors 'none'",
  ].join('; ');

async function page(response, name) {
  const nonce = randomBytes(16).toString('base64');
  const html = (await readFile(join(DIST, name), 'utf8')).replaceAll('__CSP_NONCE__', nonce);
  response.writeHead(200, {
    'Content-Type': 'text/html; charset=utf-8',
    'Content-Security-Policy': policy(nonce),
    'Cache-Control': 'no-store',
    'X-Content-Type-Options': 'nosniff',
    'Referrer-Policy': 'no-referrer',
  });
  response.end(html);
}

async function asset(response, path) {
  const name = normalize(path).replace(/^\/+/, '');
  const bytes = await readFile(join(DIST, `${name}.br`)).catch(() => undefined);
  if (!bytes) {
    response.writeHead(404);
    response.end();
    return;
  }
  response.writeHead(200, {
    'Content-Type': TYPES[extname(name)] ?? 'application/octet-stream',
    'Content-Encoding': 'br',
    'Cache-Control': 'public, max-age=31536000, immutable',
  });
  response.end(bytes);
}

export async function servePages(api) {
  const target = new URL(api);
  const server = createServer((request, response) => {
    const path = new URL(request.url, 'http://here').pathname;
    if (path.startsWith('/api/')) {
      const onward = httpRequest(
        { host: target.hostname, port: target.port, path: request.url, method: request.method, headers: request.headers },
        (answer) => {
          response.writeHead(answer.statusCode, answer.headers);
          response.flushHeaders();
          answer.pipe(response);
        },
      );
      onward.on('error', () => response.destroy());
      response.on('close', () => onward.destroy());
      request.pipe(onward);
    } else if (path.startsWith('/assets/')) void asset(response, path);
    else void page(response, path === '/portal' || path.startsWith('/portal/') ? 'portal.html' : 'desk.html');
  });
  server.listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  return {
    url: `http://127.0.0.1:${server.address().port}`,
    stop: () => new Promise((resolve) => { server.closeAllConnections(); server.close(resolve); }),
  };
}
