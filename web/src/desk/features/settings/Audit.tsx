import { useInfiniteQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { Button, Select } from 'antd';
import { exists } from 'i18next';
import { useTranslation } from 'react-i18next';
import { actor } from '../../../api/actor';
import { auditQuery } from '../../../api/queries';
import { inShopTime, momentFull } from '../../../lib/format';
import { Empty } from '../../../ui/Empty';
import { ProblemNote } from '../../../ui/ProblemNote';
import { usePeople } from '../../names';
import type { SettingsSearch } from './SettingsPage';

const DAY_MS = 86_400_000;

/** Every command that was given: by whom, when, on which case. */
export function Audit() {
  const { t } = useTranslation('settings');
  const { people, nameOf } = usePeople();
  const navigate = useNavigate();
  const search = useSearch({ from: '/desk/settings' });
  const set = (change: { [K in keyof SettingsSearch]?: string | undefined }) =>
    void navigate({ to: '/settings', search: Object.fromEntries(Object.entries({ ...search, ...change }).filter(([, value]) => value)) as SettingsSearch, replace: true });
  const query = useInfiniteQuery(
    auditQuery({
      ...(search.actor ? { actor: search.actor } : {}),
      ...(search.case ? { case: search.case } : {}),
      ...(search.from ? { from: inShopTime(`${search.from}T00:00`) } : {}),
      ...(search.until ? { until: new Date(Date.parse(inShopTime(`${search.until}T00:00`)) + DAY_MS).toISOString() } : {}),
    }),
  );
  const entries = query.data?.pages.flatMap((page) => page.entries) ?? [];
  const who = (raw: unknown) => {
    const by = actor(raw);
    return by.kind === 'person' ? (nameOf(by.id) ?? by.id) : exists(`case:actor.${by.kind}`) ? t(`case:actor.${by.kind}`) : by.kind;
  };
  const named = (command: string) => (exists(`actions:action.${command}.title`) ? t(`actions:action.${command}.title`) : exists(`settings:command.${command}`) ? t(`command.${command}`) : command);
  return (
    <>
      <div className="audit-filters">
        <label>
          {t('audit.actor')}
          <Select aria-label={t('audit.actor')} allowClear showSearch={{ optionFilterProp: 'label' }} value={search.actor ?? null} options={[...people.map(({ id, display_name }) => ({ value: id, label: display_name })), ...['deadlines', 'outbox'].map((value) => ({ value, label: t(`case:actor.${value}`) }))]} onChange={(value: string | null) => set({ actor: value ?? undefined })} />
        </label>
        {(['from', 'until'] as const).map((name) => (
          <label key={name}>
            {t(`audit.${name}`)}
            <input type="date" value={search[name] ?? ''} onChange={(event) => set({ [name]: event.target.value })} />
          </label>
        ))}
        {search.case && <Button onClick={() => set({ case: undefined })}>{t('audit.all_cases')}</Button>}
      </div>
      {query.error && <ProblemNote thrown={query.error} onRetry={() => void query.refetch()} />}
      {query.data && entries.length === 0 && <Empty title={t('audit.none')} hint={t('audit.none_hint')} />}
      {entries.length > 0 && (
        <section className="panel table-scroll" aria-label={t('section.audit')}>
          <table className="table">
            <thead>
              <tr>{(['at', 'who', 'command', 'case'] as const).map((name) => <th key={name}>{t(`audit.column_${name}`)}</th>)}</tr>
            </thead>
            <tbody>
              {entries.map((entry) => (
                <tr key={entry.position}>
                  <td className="muted">{momentFull(entry.at)}</td>
                  <td>{who(entry.actor)}</td>
                  <td>{named(entry.command)}</td>
                  <td>
                    <Link to="/cases/$caseId" params={{ caseId: entry.case }}>{t('audit.to_case')}</Link>{' '}
                    <Button size="small" type="text" onClick={() => set({ case: entry.case })}>{t('audit.only_case')}</Button>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
          {query.hasNextPage && <Button loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>{t('audit.more')}</Button>}
        </section>
      )}
    </>
  );
}
