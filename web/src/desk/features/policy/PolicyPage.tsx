import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { Input, Segmented, Select } from 'antd';
import { useDeferredValue } from 'react';
import { useTranslation } from 'react-i18next';
import { policyQuery, shopQuery } from '../../../api/queries';
import { Chip } from '../../../ui/Chip';
import { Empty } from '../../../ui/Empty';
import { ProblemNote } from '../../../ui/ProblemNote';
import { useReasons } from '../../names';
import { Changes } from './Changes';
import { ClauseCard } from './ClauseCard';
import { Tree } from './Tree';
import { KINDS, conditionOf, kindOf, sentences, whenOf, type Clause, type Condition } from './terms';
import '../page.css';
import './policy.css';

const PARTS = ['clauses', 'tree', 'changes'] as const;
const LAYERS = { law: 'red', platform: 'blue', shop: 'green' } as const;

export interface PolicySearch {
  part?: (typeof PARTS)[number];
  q?: string;
  kind?: (typeof KINDS)[number];
  from?: string;
  to?: string;
}

/** The rules in force, in plain words: what each clause says, and where it comes from. */
export function PolicyPage() {
  const { t } = useTranslation('policy');
  const search = useSearch({ from: '/desk/policy' });
  const navigate = useNavigate();
  const query = useQuery(policyQuery());
  const set = (change: { [K in keyof PolicySearch]?: PolicySearch[K] | undefined }) =>
    void navigate({ to: '/policy', search: Object.fromEntries(Object.entries({ ...search, ...change }).filter(([, value]) => value)) as PolicySearch, replace: true });
  const part = search.part ?? 'clauses';
  const policy = query.data;
  return (
    <div className="page">
      <header className="page-head">
        <h1>{t('title')}</h1>
        <Segmented aria-label={t('title')} value={part} options={PARTS.map((value) => ({ value, label: t(`part.${value}`) }))} onChange={(value) => set({ part: value === 'clauses' ? undefined : value })} />
        {part === 'clauses' && (
          <>
            <Input className="policy-search" allowClear aria-label={t('search')} placeholder={t('search')} value={search.q ?? ''} onChange={(event) => set({ q: event.target.value })} />
            <Select className="policy-kind" allowClear aria-label={t('kinds')} placeholder={t('kinds')} value={search.kind} options={KINDS.map((value) => ({ value, label: t(`kind.${value}`) }))} onChange={(kind) => set({ kind })} />
          </>
        )}
      </header>
      <div className="page-body">
        {query.error && <ProblemNote thrown={query.error} onRetry={() => void query.refetch()} />}
        {policy && part === 'clauses' && (
          <>
            <p className="row packs">
              {policy.packs.map((pack) => (
                <Chip key={pack.id} tone={LAYERS[pack.layer]}>
                  {t(`layer.${pack.layer}`)} · {pack.id} · {pack.revision}
                </Chip>
              ))}
            </p>
            <Clauses clauses={policy.clauses} q={search.q ?? ''} kind={search.kind} />
          </>
        )}
        {policy && part === 'tree' && <Tree policy={policy} />}
        {part === 'changes' && <Changes search={search} onChange={set} />}
      </div>
    </div>
  );
}

const textOf = (condition: Condition | undefined): string => (condition ? [condition.text, ...condition.below.map(textOf)].join(' ') : '');

function Clauses({ clauses, q, kind }: { clauses: Clause[]; q: string; kind: PolicySearch['kind'] }) {
  const { t } = useTranslation('policy');
  const { titles } = useReasons();
  const currency = useQuery(shopQuery).data?.currency ?? '';
  const wanted = useDeferredValue(q.trim().toLowerCase());
  const matching = clauses.filter((clause) => {
    if (kind && kindOf(clause) !== kind) return false;
    if (!wanted) return true;
    const all = [clause.id, clause.title, clause.source, ...sentences(clause, { t, currency }), textOf(conditionOf(whenOf(clause), titles))];
    return all.join(' ').toLowerCase().includes(wanted);
  });
  if (matching.length === 0) return <Empty title={t('none')} hint={t('none_hint')} />;
  return (
    <>
      {KINDS.map((one) => {
        const those = matching.filter((clause) => kindOf(clause) === one);
        return (
          those.length > 0 && (
            <section key={one} className="clauses" aria-label={t(`kind.${one}`)}>
              <h2>
                {t(`kind.${one}`)} <span className="muted">{those.length}</span>
              </h2>
              <div className="clause-grid">
                {those.map((clause) => (
                  <ClauseCard key={clause.id} clause={clause} currency={currency} titles={titles} />
                ))}
              </div>
            </section>
          )
        );
      })}
    </>
  );
}
