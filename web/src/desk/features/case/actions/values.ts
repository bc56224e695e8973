// Between what a form holds and what the API takes.
import { inShopTime, minorOf } from '../../../../lib/format';
import type { CaseDto } from '../../../../api/queries';
import type { Field, Spec, Values } from './specs';

export interface LineFinding {
  line: string;
  accepted: number;
  rejected: number;
  missing: number;
}
export interface Share {
  party?: string;
  percent?: number;
}

const isEmpty = (value: unknown) => value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0);
const isWhole = (value: unknown) => typeof value === 'string' && /^\d+$/.test(value);

function missing(field: Field, value: unknown): boolean {
  if (field.kind === 'shares') {
    const shares = (value ?? []) as Share[];
    if (shares.length === 0) return false;
    return shares.some(({ party, percent }) => !party || !percent) || shares.reduce((sum, { percent }) => sum + (percent ?? 0), 0) !== 100;
  }
  if (field.kind === 'tags') return false;
  return !field.optional && (typeof value === 'string' ? value.trim() === '' : isEmpty(value));
}

/** The first field that still wants something. */
export const firstMissing = (fields: Field[], values: Values) => fields.find((field) => missing(field, values[field.name]));

function written(field: Field, value: unknown, currency: string): unknown {
  if (field.kind === 'money') return { minor: minorOf(Number(value), currency), currency };
  if (field.kind === 'moment') return inShopTime(value as string);
  // Choices of numbered things: an option, a step, a promise, a score.
  if (field.kind === 'choice' && isWhole(value)) return Number(value);
  return typeof value === 'string' ? value.trim() : value;
}

export function bodyOf(spec: Spec, fields: Field[], values: Values, data: CaseDto): Values {
  const body: Values = { ...spec.fixed?.(data) };
  for (const field of fields) {
    const value = values[field.name];
    if (field.kind === 'tags') {
      const now = new Set(value as string[]);
      body['add'] = [...now].filter((tag) => !data.tags.includes(tag));
      body['remove'] = data.tags.filter((tag) => !now.has(tag));
    } else if (!isEmpty(value)) body[field.name] = written(field, value, data.claim.amount.currency);
    else if (spec.route === 'assign') body[field.name] = null;
  }
  return body;
}
