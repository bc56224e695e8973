// Changes of what stands behind the question mark of a case's address.
import { useNavigate } from '@tanstack/react-router';
import { useCallback } from 'react';
import type { CaseSearch } from '../../routes';

export function useCaseSearch() {
  const navigate = useNavigate();
  return useCallback(
    (change: { [K in keyof CaseSearch]?: CaseSearch[K] | undefined }) =>
      void navigate({
        to: '.',
        // What is undefined leaves the address.
        search: ((before: CaseSearch) => ({ ...before, ...change })) as never,
        replace: true,
      }),
    [navigate],
  );
}
