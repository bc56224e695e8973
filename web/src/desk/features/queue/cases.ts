// The cases an address asks for, page after page, as one list.
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useCallback, useMemo } from 'react';
import { casesQuery, shopQuery } from '../../../api/queries';
import { asked, highValueOf, type QueueSearch } from './views';

export function useCases(search: QueueSearch) {
  const shop = useQuery(shopQuery).data;
  const query = useInfiniteQuery(casesQuery(asked(search, highValueOf(shop))));
  const cases = useMemo(() => query.data?.pages.flatMap((page) => page.cases) ?? [], [query.data]);
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = query;
  const more = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage]);
  return {
    cases,
    total: query.data?.pages[0]?.total ?? cases.length,
    error: query.error,
    loading: query.isPending,
    fetching: query.isFetching,
    refetch: query.refetch,
    more,
  };
}
