// Addresses of the desk. Every view has one: the view and filters of the queue, the open case, the
// form being filled, the piece of evidence looked at.
import type { QueryClient } from '@tanstack/react-query';
import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  redirect,
} from '@tanstack/react-router';
import { meQuery } from '../api/queries';
import { isSignedOut } from '../api/problem';
import { QueuePage } from './features/queue/QueuePage';
import { queueSearch, type QueueSearch } from './features/queue/views';
import { SignInPage } from './features/signin/SignInPage';
import { hasSession } from './session';
import { Broken, NotFound } from './shell/Faults';
import { Shell } from './shell/Shell';

const root = createRootRouteWithContext<{ client: QueryClient }>()({
  notFoundComponent: NotFound,
  errorComponent: Broken,
});

const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  validateSearch: (raw): { back?: string } => {
    const back = raw['back'];
    // Only our own pages: a link from outside must not send somebody on after signing in.
    return typeof back === 'string' && /^\/(?!\/)/.test(back) ? { back } : {};
  },
  component: SignInPage,
});

const desk = createRoute({
  getParentRoute: () => root,
  id: 'desk',
  beforeLoad: async ({ context, location }) => {
    if (!hasSession.get()) throw redirect({ to: '/sign-in', search: { back: location.href } });
    try {
      await context.client.ensureQueryData(meQuery);
    } catch (thrown) {
      if (isSignedOut(thrown)) throw redirect({ to: '/sign-in', search: { back: location.href } });
      throw thrown;
    }
  },
  component: Shell,
});

const index = createRoute({
  getParentRoute: () => desk,
  path: '/',
  beforeLoad: () => {
    throw redirect({ to: '/queue' });
  },
});

const queue = createRoute({
  getParentRoute: () => desk,
  path: '/queue',
  validateSearch: queueSearch,
  component: QueuePage,
});

export interface CaseSearch extends QueueSearch {
  /** The action whose form is open. */
  do?: string;
  /** The piece of evidence looked at. */
  evidence?: string;
}

const text = (value: unknown) => (typeof value === 'string' && value ? value : undefined);

const oneCase = createRoute({
  getParentRoute: () => desk,
  path: '/cases/$caseId',
  validateSearch: (raw): CaseSearch => {
    const search: CaseSearch = queueSearch(raw);
    const action = text(raw['do']);
    const evidence = text(raw['evidence']);
    return { ...search, ...(action && { do: action }), ...(evidence && { evidence }) };
  },
  component: lazyRouteComponent(() => import('./features/case/CasePage'), 'CasePage'),
});

const tree = root.addChildren([signIn, desk.addChildren([index, queue, oneCase])]);

export function deskRouter(client: QueryClient) {
  return createRouter({
    routeTree: tree,
    context: { client },
    defaultPreload: 'intent',
    defaultPreloadStaleTime: 0,
    scrollRestoration: false,
  });
}

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof deskRouter>;
  }
}
