import { useQuery } from '@tanstack/react-query';
import { Select } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Change, PolicySet } from '../../../api/board';
import { diffQuery, setsQuery } from '../../../api/queries';
import { moment } from '../../../lib/format';
import { Chip } from '../../../ui/Chip';
import { Empty } from '../../../ui/Empty';
import { ProblemNote } from '../../../ui/ProblemNote';
import type { PolicySearch } from './PolicyPage';

const TONES: Record<string, 'green' | 'red' | 'amber'> = { added: 'green', removed: 'red', changed: 'amber' };
/** What a shop began with has no first moment. */
const begins = ({ from }: PolicySet) => (from ? Date.parse(from) : 0);

/** What became different from one set of rules to another. */
export function Changes({ search, onChange }: { search: PolicySearch; onChange: (change: Partial<PolicySearch>) => void }) {
  const { t } = useTranslation('policy');
  const query = useQuery(setsQuery);
  const sets = query.data?.sets.toSorted((a, b) => begins(b) - begins(a)) ?? [];
  const to = search.to ?? sets[0]?.hash ?? '';
  const from = search.from ?? sets[1]?.hash ?? '';
  const diff = useQuery(diffQuery(from, to));
  if (query.error) return <ProblemNote thrown={query.error} onRetry={() => void query.refetch()} />;
  if (query.data && sets.length < 2) return <Empty title={t('one_set')} hint={t('one_set_hint')} />;
  const options = sets.map((set) => ({ value: set.hash, label: nameOf(set) }));
  return (
    <div className="stack">
      <div className="row changes-sets">
        <Select aria-label={t('from')} value={from} options={options} onChange={(value) => onChange({ from: value })} />
        <span aria-hidden="true">→</span>
        <Select aria-label={t('to')} value={to} options={options} onChange={(value) => onChange({ to: value })} />
      </div>
      {diff.error && <ProblemNote thrown={diff.error} onRetry={() => void diff.refetch()} />}
      {diff.data?.changes.length === 0 && <Empty title={t('no_changes')} />}
      {diff.data?.changes.map((change) => (
        <OneChange key={`${change.subject} ${change.id}`} change={change} />
      ))}
    </div>
  );
}

const nameOf = ({ from, packs }: PolicySet) => [...(from ? [moment(from)] : []), ...packs.map(({ id, revision }) => `${id} ${revision}`)].join(' · ');
const written = (value: unknown) => (value === null || value === undefined ? '–' : typeof value === 'object' ? JSON.stringify(value) : String(value));

function OneChange({ change }: { change: Change }) {
  const { t } = useTranslation('policy');
  return (
    <section className="panel" aria-label={change.id}>
      <header>
        <Chip tone={TONES[change.change] ?? 'amber'}>{t(`change.${change.change}`)}</Chip>
        <b>{change.id}</b>
        <span className="muted">{change.subject}</span>
      </header>
      {change.fields.length > 0 && (
        <div className="table-scroll">
          <table className="table">
            <thead>
              <tr>
                <th>{t('field')}</th>
                <th>{t('before')}</th>
                <th>{t('after')}</th>
              </tr>
            </thead>
            <tbody>
              {change.fields.map(({ path, from, to }) => (
                <tr key={path}>
                  <td>
                    <code>{path}</code>
                  </td>
                  <td>
                    <del>{written(from)}</del>
                  </td>
                  <td>
                    <ins>{written(to)}</ins>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}
