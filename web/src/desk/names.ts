// Names behind ids and codes, as far as the screen has read them.
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { meQuery, peopleQuery, policyQuery, shopQuery } from '../api/queries';
import type { Schema } from '../api/client';
import type { Titles } from '../lib/condition';

export function usePeople(): { people: Schema['PersonDto'][]; nameOf: (id: string | null | undefined) => string | undefined } {
  const people = useQuery(peopleQuery).data?.people;
  return useMemo(() => {
    const names = new Map(people?.map((person) => [person.id, person.display_name]));
    return { people: people ?? [], nameOf: (id) => (id ? names.get(id) : undefined) };
  }, [people]);
}

// Those a case can be handed to; an auditor reads and a mediator rules.
const HANDLERS = new Set(['agent', 'supervisor', 'manager', 'admin']);

/** Whom cases can be handed to, oneself first. */
export function useHandlers(): Schema['PersonDto'][] {
  const { people } = usePeople();
  const me = useQuery(meQuery).data?.person;
  return useMemo(
    () =>
      people
        .filter((person) => HANDLERS.has(person.role) && !person.disabled_at)
        .toSorted((a, b) => Number(b.id === me) - Number(a.id === me)),
    [people, me],
  );
}

/** Titles of the policy's reasons, by code. */
export function useReasons(): { reasons: Schema['ReasonDto'][]; titles: Titles } {
  const policy = useQuery(policyQuery()).data;
  return useMemo(
    () => ({
      reasons: policy?.reasons ?? [],
      titles: new Map(policy?.reasons.map((reason) => [reason.code, reason.title])),
    }),
    [policy],
  );
}

/** The shop's usual tags; others may be written. */
export function useTagsOffered(): { value: string; label: string }[] {
  const tags = useQuery(shopQuery).data?.settings.tags;
  return useMemo(() => (tags ?? []).map((tag) => ({ value: tag, label: tag })), [tags]);
}
