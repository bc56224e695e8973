// Errors as people see them: what happened, why, and what to do. The service writes these texts;
// only what it cannot say, that it was not reached, is said here.
import { t } from 'i18next';
import type { components } from './schema';

export type Problem = components['schemas']['Problem'];

export class ProblemError extends Error {
  readonly problem: Problem;
  constructor(problem: Problem) {
    super(problem.title);
    this.name = 'ProblemError';
    this.problem = problem;
  }
}

function local(code: 'network' | 'unreadable' | 'broken', status: number): Problem {
  return {
    type: `urn:amends:problem:${code}`,
    code,
    status,
    title: t(`problem.${code}.title`),
    detail: t(`problem.${code}.detail`),
    clauses: [],
    facts: {},
  };
}

export const networkProblem = () => local('network', 0);

/** The problem in an answer; a proxy in between may answer with something else. */
export function problemOf(error: unknown, status: number): Problem {
  const known = typeof error === 'object' && error !== null && 'code' in error && 'detail' in error;
  return known ? (error as Problem) : local('unreadable', status);
}

/** Whatever was thrown, as something to show. */
export function asProblem(thrown: unknown): Problem {
  return thrown instanceof ProblemError ? thrown.problem : local('broken', 0);
}

export const isSignedOut = (thrown: unknown) =>
  thrown instanceof ProblemError && thrown.problem.status === 401;

/** Declined for good: it was not kept under its key, and what is sent next is another command. A lost answer is
 *  none, and being told to wait isn't either: sent again under its key, it is still one command. */
export const isDeclined = (thrown: unknown) =>
  thrown instanceof ProblemError && thrown.problem.status >= 400 && thrown.problem.status < 500 && thrown.problem.status !== 429;
