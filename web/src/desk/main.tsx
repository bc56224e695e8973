import '../ui/tokens.css';
import { QueryCache, QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { ProblemError, isSignedOut } from '../api/problem';
import { language, startLanguages } from '../lib/i18n';
import { paintTheme } from '../lib/prefs';
import { Kit, loadKitLocale } from './Kit';
import { deskRouter } from './routes';
import { hasSession } from './session';

const RETRIES = 2;

const client = new QueryClient({
  queryCache: new QueryCache({
    // A session that ended while somebody works: sign in, and come back here. Drafts are kept.
    onError: (error) => {
      if (!isSignedOut(error) || window.location.pathname === '/sign-in') return;
      const back = window.location.pathname + window.location.search;
      client.clear();
      hasSession.set(false);
      void router.navigate({ to: '/sign-in', search: { back } });
    },
  }),
  defaultOptions: {
    queries: {
      retry: (count, error) =>
        count < RETRIES && !(error instanceof ProblemError && error.problem.status >= 400 && error.problem.status < 500),
      refetchOnWindowFocus: false,
    },
  },
});
const router = deskRouter(client);

paintTheme();
await Promise.all([
  loadKitLocale(language()),
  startLanguages(
    {
      'zh-CN': () => import('../locales/zh-CN/desk'),
      'zh-TW': () => import('../locales/zh-TW/desk'),
      en: () => import('../locales/en/desk'),
    },
    {
      'zh-CN': () => import('../locales/zh-CN/rooms'),
      'zh-TW': () => import('../locales/zh-TW/rooms'),
      en: () => import('../locales/en/rooms'),
    },
  ),
]);

createRoot(document.querySelector('#root')!).render(
  <StrictMode>
    <QueryClientProvider client={client}>
      <Kit>
        <RouterProvider router={router} />
      </Kit>
    </QueryClientProvider>
  </StrictMode>,
);
