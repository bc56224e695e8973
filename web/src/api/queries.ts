// What the screens read, each with its key. Keys begin with the resource's name, so that an event
// can make everything of one case stale at once.
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { serverClock } from '../lib/clock';
import type { paths } from './schema';
import { policyDiff, policySets, workload } from './board';
import { api, body, type Schema } from './client';

export type CaseDto = Schema['CaseDto'];
export type CaseSummary = Schema['CaseSummary'];
export type Entry = Schema['EntryDto'];
export type CasesAsked = NonNullable<paths['/api/v1/cases']['get']['parameters']['query']>;

const PAGE = 200;
const TIMELINE_PAGE = 500;

export const meQuery = queryOptions({
  queryKey: ['me'],
  queryFn: () => body(api.GET('/api/v1/me')),
  staleTime: Infinity,
});

export const shopQuery = queryOptions({
  queryKey: ['shop'],
  queryFn: async () => {
    const asked = Date.now();
    const shop = await body(api.GET('/api/v1/shop'));
    serverClock.set(Date.parse(shop.now), asked, Date.now());
    return shop;
  },
  refetchInterval: 5 * 60_000,
  staleTime: 60_000,
});

export const peopleQuery = queryOptions({
  queryKey: ['people'],
  queryFn: () => body(api.GET('/api/v1/people')),
  staleTime: 5 * 60_000,
});

export const policyQuery = (hash?: string | null) =>
  queryOptions({
    queryKey: ['policy', hash ?? 'current'],
    queryFn: () =>
      hash
        ? body(api.GET('/api/v1/policy/{hash}', { params: { path: { hash } } }))
        : body(api.GET('/api/v1/policy')),
    staleTime: Infinity,
  });

export const countsQuery = (highValueMinor: number) =>
  queryOptions({
    queryKey: ['counts', highValueMinor],
    queryFn: () =>
      body(
        api.GET('/api/v1/cases/counts', {
          params: { query: { high_value_minor: highValueMinor } },
        }),
      ),
    refetchInterval: 60_000,
  });

export const casesQuery = (asked: CasesAsked) =>
  infiniteQueryOptions({
    queryKey: ['cases', asked],
    queryFn: ({ pageParam }) =>
      body(
        api.GET('/api/v1/cases', {
          params: {
            query: {
              ...asked,
              limit: PAGE,
              count: pageParam === undefined,
              ...(pageParam === undefined ? {} : { after: pageParam }),
            },
          },
        }),
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
    staleTime: 30_000,
  });

const ofCase = (id: string) => ({ params: { path: { id } } });

export const caseQuery = (id: string) =>
  queryOptions({
    queryKey: ['case', id],
    queryFn: () => body(api.GET('/api/v1/cases/{id}', ofCase(id))),
    staleTime: 15_000,
  });

export const remediesQuery = (id: string) =>
  queryOptions({
    queryKey: ['case', id, 'remedies'],
    queryFn: () => body(api.GET('/api/v1/cases/{id}/remedies', ofCase(id))),
    staleTime: 15_000,
  });

export const readinessQuery = (id: string) =>
  queryOptions({
    queryKey: ['case', id, 'readiness'],
    queryFn: () => body(api.GET('/api/v1/cases/{id}/readiness', ofCase(id))),
    staleTime: 15_000,
  });

export const scriptsQuery = (id: string) =>
  queryOptions({
    queryKey: ['case', id, 'scripts'],
    queryFn: () => body(api.GET('/api/v1/cases/{id}/scripts', ofCase(id))),
    staleTime: 15_000,
  });

export const evidenceQuery = (id: string) =>
  queryOptions({
    queryKey: ['case', id, 'evidence'],
    queryFn: () => body(api.GET('/api/v1/cases/{id}/evidence', ofCase(id))),
    staleTime: 15_000,
  });

/** What points at abuse on a case; a person decides. */
export const signalsQuery = (id: string) =>
  queryOptions({
    queryKey: ['case', id, 'signals'],
    queryFn: () => body(api.GET('/api/v1/cases/{id}/signals', ofCase(id))),
    staleTime: 60_000,
  });

/** The block list: who stands on it now, or who ever did. */
export const blocksQuery = (all: boolean) =>
  queryOptions({
    queryKey: ['blocks', all],
    queryFn: () => body(api.GET('/api/v1/blocks', { params: { query: { all } } })),
    staleTime: 60_000,
  });

/** Listings still to be checked, or all of them. */
export const checksQuery = (all: boolean) =>
  queryOptions({
    queryKey: ['listing-checks', all],
    queryFn: () => body(api.GET('/api/v1/listing-checks', { params: { query: all ? {} : { done: false } } })),
    staleTime: 60_000,
  });

/** What the buyer handed in that was seen on another case. */
export const alikeQuery = (id: string) =>
  queryOptions({
    queryKey: ['case', id, 'alike'],
    queryFn: () => body(api.GET('/api/v1/cases/{id}/alike', ofCase(id))),
    staleTime: 60_000,
  });

/** The whole timeline: pages are read until one is not full. */
export const timelineQuery = (id: string) =>
  queryOptions({
    queryKey: ['timeline', id],
    queryFn: async () => {
      const entries: Entry[] = [];
      for (;;) {
        const after = entries.at(-1)?.seq;
        const page = await body(
          api.GET('/api/v1/cases/{id}/timeline', {
            params: { path: { id }, query: after === undefined ? {} : { after } },
          }),
        );
        entries.push(...page.entries);
        if (page.entries.length < TIMELINE_PAGE) return entries;
      }
    },
    staleTime: 15_000,
  });

export const orderQuery = (id: string) =>
  queryOptions({
    queryKey: ['order', id],
    queryFn: () => body(api.GET('/api/v1/orders/{id}', { params: { path: { id } } })),
    staleTime: 30_000,
  });

export const buyerQuery = (id: string) =>
  queryOptions({
    queryKey: ['buyer', id],
    queryFn: () => body(api.GET('/api/v1/buyers/{id}', { params: { path: { id } } })),
    staleTime: 5 * 60_000,
  });

/** Every case of a buyer, open and closed, the newest first. */
export const casesOfBuyerQuery = (buyer: string) =>
  queryOptions({
    queryKey: ['cases', 'of-buyer', buyer],
    queryFn: () =>
      body(api.GET('/api/v1/cases', { params: { query: { buyer, sort: 'opened', limit: 20 } } })),
    staleTime: 30_000,
  });

export const searchQuery = (text: string) =>
  queryOptions({
    queryKey: ['search', text],
    queryFn: () => body(api.GET('/api/v1/search', { params: { query: { q: text } } })),
    enabled: text.length > 0,
    staleTime: 10_000,
  });

export const workloadQuery = queryOptions({ queryKey: ['counts', 'workload'], queryFn: workload, refetchInterval: 60_000 });

export const violationsQuery = queryOptions({
  queryKey: ['violations'],
  queryFn: () => body(api.GET('/api/v1/violations')),
});
export const lossesQuery = queryOptions({
  queryKey: ['losses'],
  queryFn: () => body(api.GET('/api/v1/cases/losses')),
});
export const paymentsQuery = queryOptions({
  queryKey: ['payments'],
  queryFn: () => body(api.GET('/api/v1/payments')),
});
export const delayPlanQuery = queryOptions({
  queryKey: ['delay_plan'],
  queryFn: () => body(api.GET('/api/v1/delay-plan')),
  staleTime: 60 * 60_000,
});
export const unsentQuery = queryOptions({
  queryKey: ['orders_unsent'],
  queryFn: () => body(api.GET('/api/v1/orders/unsent')),
  staleTime: 60_000,
});
export const closuresQuery = queryOptions({
  queryKey: ['closures'],
  queryFn: () => body(api.GET('/api/v1/cases/closures')),
  staleTime: 5 * 60_000,
});

/** One page of cases, for lists that show only what comes first. */
export const someCasesQuery = (asked: CasesAsked) =>
  queryOptions({
    queryKey: ['cases', 'some', asked],
    queryFn: () => body(api.GET('/api/v1/cases', { params: { query: { limit: 50, ...asked, count: true } } })),
    staleTime: 15_000,
    refetchInterval: 60_000,
  });

export const setsQuery = queryOptions({ queryKey: ['policy', 'sets'], queryFn: policySets, staleTime: 60_000 });

export const diffQuery = (from: string, to: string) =>
  queryOptions({ queryKey: ['policy', 'diff', from, to], queryFn: () => policyDiff(from, to), staleTime: Infinity, enabled: Boolean(from && to) });

export const mailsQuery = (state: Schema['MailState']) =>
  queryOptions({
    queryKey: ['mails', state],
    queryFn: () => body(api.GET('/api/v1/mails', { params: { query: { state, limit: 100 } } })),
    refetchInterval: 60_000,
  });

export const mailQuery = (id: string) =>
  queryOptions({ queryKey: ['mails', 'one', id], queryFn: () => body(api.GET('/api/v1/mails/{id}', { params: { path: { id } } })) });

export type ReviewsAsked = NonNullable<paths['/api/v1/reviews']['get']['parameters']['query']>;
export const reviewsQuery = (asked: ReviewsAsked) =>
  queryOptions({
    queryKey: ['reviews', asked],
    queryFn: () => body(api.GET('/api/v1/reviews', { params: { query: { ...asked, limit: 100 } } })),
    refetchInterval: 60_000,
  });

export const reviewQuery = (id: string) =>
  queryOptions({ queryKey: ['reviews', 'one', id], queryFn: () => body(api.GET('/api/v1/reviews/{id}', { params: { path: { id } } })) });

/** The parcels of an order, as their carriers say. */
export const parcelsQuery = (order: string) =>
  queryOptions({ queryKey: ['order', order, 'parcels'], queryFn: () => body(api.GET('/api/v1/orders/{id}/parcels', { params: { path: { id: order } } })) });

/** What the shop rated its buyer for an order, if it did. */
export const buyerRatingQuery = (order: string) =>
  queryOptions({ queryKey: ['order', order, 'rating'], queryFn: () => body(api.GET('/api/v1/orders/{id}/buyer-rating', { params: { path: { id: order } } })) });

const SCORES_OVER_MS = 29 * 86_400_000;
/** What buyers' scores come to over thirty days, today among them. */
export const scoresQuery = queryOptions({
  queryKey: ['reviews', 'scores'],
  queryFn: () => {
    const now = serverClock.now();
    const query = { from: new Date(now - SCORES_OVER_MS).toISOString(), to: new Date(now).toISOString() };
    return body(api.GET('/api/v1/scores', { params: { query } }));
  },
  staleTime: 5 * 60_000,
});

export const tokensQuery = queryOptions({ queryKey: ['tokens'], queryFn: () => body(api.GET('/api/v1/tokens')) });

export type AuditAsked = NonNullable<paths['/api/v1/audit']['get']['parameters']['query']>;
export const auditQuery = (asked: AuditAsked) =>
  infiniteQueryOptions({
    queryKey: ['audit', asked],
    queryFn: ({ pageParam }) =>
      body(api.GET('/api/v1/audit', { params: { query: { ...asked, limit: 50, ...(pageParam ? { before: pageParam } : {}) } } })),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
  });
