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
import { moreTexts } from '../lib/i18n';
import type { CareSearch } from './features/care/CarePage';
import type { FollowUpsSearch } from './features/followups/FollowUpsPage';
import type { MailSearch } from './features/mails/MailsPage';
import type { OrderSearch } from './features/order/OrderPage';
import type { PlansSearch } from './features/warranty/PlansPage';
import type { PolicySearch } from './features/policy/PolicyPage';
import { SHOWN, type ReviewSearch } from './features/reviews/shown';
import type { SettingsSearch } from './features/settings/SettingsPage';
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

/** Those of an address's parameters that are written words. */
function picked<T extends object>(raw: Record<string, unknown>, names: (keyof T & string)[]): T {
  return Object.fromEntries(names.map((name) => [name, text(raw[name])]).filter(([, value]) => value)) as T;
}

const oneCase = createRoute({
  getParentRoute: () => desk,
  path: '/cases/$caseId',
  beforeLoad: moreTexts,
  validateSearch: (raw): CaseSearch => {
    const search: CaseSearch = queueSearch(raw);
    const action = text(raw['do']);
    const evidence = text(raw['evidence']);
    return { ...search, ...(action && { do: action }), ...(evidence && { evidence }) };
  },
  component: lazyRouteComponent(() => import('./features/case/CasePage'), 'CasePage'),
});

const board = createRoute({
  getParentRoute: () => desk,
  path: '/board',
  beforeLoad: moreTexts,
  component: lazyRouteComponent(() => import('./features/board/BoardPage'), 'BoardPage'),
});

const followUps = createRoute({
  getParentRoute: () => desk,
  path: '/follow-ups',
  beforeLoad: moreTexts,
  validateSearch: (raw): FollowUpsSearch => {
    const search = picked<Omit<FollowUpsSearch, 'part'>>(raw, ['case', 'visit']);
    return raw['part'] === 'visits' ? { ...search, part: 'visits' } : search;
  },
  component: lazyRouteComponent(() => import('./features/followups/FollowUpsPage'), 'FollowUpsPage'),
});

const mails = createRoute({
  getParentRoute: () => desk,
  path: '/mails',
  beforeLoad: moreTexts,
  validateSearch: (raw): MailSearch => picked(raw, ['state', 'mail']),
  component: lazyRouteComponent(() => import('./features/mails/MailsPage'), 'MailsPage'),
});

const reviews = createRoute({
  getParentRoute: () => desk,
  path: '/reviews',
  beforeLoad: moreTexts,
  validateSearch: (raw): ReviewSearch => {
    const { show, review } = picked<{ show?: string; review?: string }>(raw, ['show', 'review']);
    return { ...(show && Object.hasOwn(SHOWN, show) && { show: show as keyof typeof SHOWN }), ...(review && { review }) };
  },
  component: lazyRouteComponent(() => import('./features/reviews/ReviewsPage'), 'ReviewsPage'),
});

const policy = createRoute({
  getParentRoute: () => desk,
  path: '/policy',
  beforeLoad: moreTexts,
  validateSearch: (raw): PolicySearch => picked(raw, ['part', 'q', 'kind', 'from', 'to']),
  component: lazyRouteComponent(() => import('./features/policy/PolicyPage'), 'PolicyPage'),
});

const SETTINGS: (keyof SettingsSearch)[] = ['section', 'actor', 'case', 'from', 'until'];
const SECTIONS = /^(shop|people|tokens|keys|audit)$/;
const settings = createRoute({
  getParentRoute: () => desk,
  path: '/settings',
  beforeLoad: moreTexts,
  validateSearch: (raw): SettingsSearch => {
    const { section, ...others } = picked(raw, SETTINGS);
    return section && SECTIONS.test(section) ? { section, ...others } : others;
  },
  component: lazyRouteComponent(() => import('./features/settings/SettingsPage'), 'SettingsPage'),
});

const order = createRoute({
  getParentRoute: () => desk,
  path: '/orders/$orderId',
  beforeLoad: moreTexts,
  validateSearch: (raw): OrderSearch => picked(raw, ['do']),
  component: lazyRouteComponent(() => import('./features/order/OrderPage'), 'OrderPage'),
});

const parcelNote = createRoute({
  getParentRoute: () => desk,
  path: '/orders/$orderId/note',
  beforeLoad: moreTexts,
  component: lazyRouteComponent(() => import('./features/order/NotePage'), 'NotePage'),
});

const buyer = createRoute({
  getParentRoute: () => desk,
  path: '/buyers/$buyerId',
  beforeLoad: moreTexts,
  component: lazyRouteComponent(() => import('./features/buyer/BuyerPage'), 'BuyerPage'),
});

const care = createRoute({
  getParentRoute: () => desk,
  path: '/care',
  beforeLoad: moreTexts,
  validateSearch: (raw): CareSearch => {
    const search = picked<Omit<CareSearch, 'part'>>(raw, ['mail', 'buyer', 'segment']);
    return raw['part'] === 'segments' ? { ...search, part: 'segments' } : search;
  },
  component: lazyRouteComponent(() => import('./features/care/CarePage'), 'CarePage'),
});

const plans = createRoute({
  getParentRoute: () => desk,
  path: '/plans',
  beforeLoad: moreTexts,
  validateSearch: (raw): PlansSearch => {
    const search = picked<Omit<PlansSearch, 'part'>>(raw, ['plan', 'sku']);
    const part = raw['part'];
    return part === 'guides' || part === 'figures' ? { ...search, part } : search;
  },
  component: lazyRouteComponent(() => import('./features/warranty/PlansPage'), 'PlansPage'),
});

const setup = createRoute({
  getParentRoute: () => root,
  path: '/setup',
  component: lazyRouteComponent(() => import('./features/setup/SetupPage'), 'SetupPage'),
});

const tree = root.addChildren([signIn, setup, desk.addChildren([index, queue, oneCase, board, followUps, mails, reviews, policy, settings, order, parcelNote, buyer, care, plans])]);

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
