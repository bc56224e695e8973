import react from '@vitejs/plugin-react';
import type { Plugin } from 'vite';
import { defineConfig } from 'vitest/config';

// The service puts a fresh nonce in place of this word in every response of a page.
const NONCE = '__CSP_NONCE__';

/** In development the pages stand where the service will put them: the desk at `/`, the portal at `/portal`. */
function pages(): Plugin {
  return {
    name: 'amends-pages',
    configureServer(server) {
      server.middlewares.use((request, _response, next) => {
        const path = (request.url ?? '/').split('?')[0] ?? '/';
        const isPage = !/^\/(api|src|@|node_modules)|\.\w+$/.test(path);
        if (isPage) request.url = path.startsWith('/portal') ? '/portal.html' : '/desk.html';
        next();
      });
    },
  };
}

export default defineConfig({
  appType: 'mpa',
  plugins: [react(), pages()],
  html: { cspNonce: NONCE },
  server: { proxy: { '/api': process.env['AMENDS_URL'] ?? 'http://127.0.0.1:8080' } },
  build: {
    target: 'es2023',
    manifest: true,
    assetsInlineLimit: 0,
    rolldownOptions: { input: ['desk.html', 'portal.html'] },
  },
  test: { include: ['tests/unit/**/*.test.ts'], environment: 'node' },
});
