import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { Segmented } from 'antd';
import { exists } from 'i18next';
import { useTranslation } from 'react-i18next';
import type { Schema } from '../../../api/client';
import { mailsQuery } from '../../../api/queries';
import { moment } from '../../../lib/format';
import { useHotkeys } from '../../../lib/hotkeys';
import { Empty } from '../../../ui/Empty';
import { ProblemNote } from '../../../ui/ProblemNote';
import { OneMail } from './OneMail';
import '../page.css';
import './mails.css';

export const MAIL_STATES = ['parked', 'attached', 'opened', 'discarded', 'ignored'] as const satisfies readonly Schema['MailState'][];
export interface MailSearch {
  state?: (typeof MAIL_STATES)[number];
  mail?: string;
}

/** Mails that found no case by themselves, until somebody says where they belong. */
export function MailsPage() {
  const { t } = useTranslation('mails');
  const { state = 'parked', mail } = useSearch({ from: '/desk/mails' });
  const navigate = useNavigate();
  const query = useQuery(mailsQuery(state));
  const mails = query.data?.mails ?? [];
  const current = mail ?? mails[0]?.id;
  const at = mails.findIndex(({ id }) => id === current);
  const show = (id: string | undefined) => void navigate({ to: '/mails', search: { ...(state === 'parked' ? {} : { state }), ...(id && { mail: id }) }, replace: true });
  const go = (id: string | undefined) => id && show(id);
  useHotkeys({ j: () => go(mails[at + 1]?.id), k: () => go(mails[at - 1]?.id) });
  return (
    <div className="page">
      <header className="page-head">
        <h1>{t('title')}</h1>
        <Segmented aria-label={t('states')} value={state} options={MAIL_STATES.map((value) => ({ value, label: t(`state.${value}`) }))} onChange={(next) => void navigate({ to: '/mails', search: next === 'parked' ? {} : { state: next }, replace: true })} />
      </header>
      {query.error && <div className="page-body"><ProblemNote thrown={query.error} onRetry={() => void query.refetch()} /></div>}
      {query.data && mails.length === 0 && !mail && <Empty title={t(state === 'parked' ? 'none_parked' : 'none')} hint={t('none_hint')} />}
      {current && (
        <div className="mails">
          <nav aria-label={t('title')}>
            <ul>
              {mails.map((one) => (
                <li key={one.id}>
                  <button type="button" aria-current={one.id === current || undefined} onClick={() => go(one.id)}>
                    <b className="ellipsis">{one.subject || t('no_subject')}</b>
                    <span className="row muted">
                      <span className="grow ellipsis">{one.from ?? t('no_sender')}</span>
                      {moment(one.at)}
                    </span>
                    {one.why && <span className="muted">{exists(`mails:why.${one.why}`) ? t(`why.${one.why}`) : one.why}</span>}
                  </button>
                </li>
              ))}
            </ul>
          </nav>
          <OneMail key={current} id={current} onDone={() => show(mails[at + 1]?.id ?? mails[at - 1]?.id)} />
        </div>
      )}
    </div>
  );
}
