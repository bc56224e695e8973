// What managers and owners tell the service about the shop itself: its settings, people, tokens; and what
// is decided about mails that found no case.
import { api, body, type Schema } from './client';

export const settingsPut = (settings: Schema['SettingsDto']) => body(api.PUT('/api/v1/shop/settings', { body: settings }));
export const personAdd = (person: Schema['PersonAddBody']) => body(api.POST('/api/v1/people', { body: person }));

const of = (id: string) => ({ params: { path: { id } } });
export const personDisable = (id: string) => body(api.POST('/api/v1/people/{id}/disable', of(id)));
export const personEnable = (id: string) => body(api.POST('/api/v1/people/{id}/enable', of(id)));
export const personPassword = (id: string, command: Schema['PersonPasswordBody']) =>
  body(api.PUT('/api/v1/people/{id}/password', { ...of(id), body: command }));
export const membershipSet = (id: string, role: Schema['Role']) => body(api.PUT('/api/v1/people/{id}/membership', { ...of(id), body: { role } }));

export const tokenCreate = (token: Schema['TokenCreateBody']) => body(api.POST('/api/v1/tokens', { body: token }));
export const deductionAdd = (deduction: Schema['DeductionBody']) => body(api.POST('/api/v1/violations', { body: deduction }));
export const tokenRevoke = (id: string) => body(api.DELETE('/api/v1/tokens/{id}', of(id)));

const keyed = (id: string, key: string) => ({ params: { path: { id }, header: { 'Idempotency-Key': key } } });
export const mailAttach = (id: string, command: Schema['MailAttachBody'], key: string) => body(api.POST('/api/v1/mails/{id}/attach', { ...keyed(id, key), body: command }));
export const mailOpen = (id: string, command: Schema['MailOpenBody'], key: string) => body(api.POST('/api/v1/mails/{id}/open', { ...keyed(id, key), body: command }));
export const mailDiscard = (id: string, command: Schema['MailDiscardBody'], key: string) => body(api.POST('/api/v1/mails/{id}/discard', { ...keyed(id, key), body: command }));
