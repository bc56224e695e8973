import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Input, Select } from 'antd';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { Schema } from '../../../api/client';
import { tokensQuery } from '../../../api/queries';
import { tokenCreate, tokenRevoke } from '../../../api/shop';
import { moment } from '../../../lib/format';
import { Chip } from '../../../ui/Chip';
import { Empty } from '../../../ui/Empty';
import { ProblemNote } from '../../../ui/ProblemNote';

const ROLES = ['machine', 'agent', 'supervisor', 'auditor'] as const;

/** Keys of programs. A secret is shown once, when it is made; the service itself does not keep it. */
export function Tokens() {
  const { t } = useTranslation('settings');
  const client = useQueryClient();
  const query = useQuery(tokensQuery);
  const [label, setLabel] = useState('');
  const [role, setRole] = useState<Schema['Role']>('machine');
  const again = () => client.invalidateQueries({ queryKey: tokensQuery.queryKey });
  const make = useMutation({
    mutationFn: () => tokenCreate({ label: label.trim(), role }),
    onSuccess: () => {
      setLabel('');
      void again();
    },
  });
  const revoke = useMutation({ mutationFn: tokenRevoke, onSuccess: again });
  function submit(event: FormEvent) {
    event.preventDefault();
    make.mutate();
  }
  if (query.error) return <ProblemNote thrown={query.error} onRetry={() => void query.refetch()} />;
  return (
    <div className="stack">
      <form className="panel form" onSubmit={submit} aria-label={t('tokens.make')}>
        <label>
          {t('tokens.label')}
          <Input maxLength={100} value={label} onChange={(event) => setLabel(event.target.value)} />
        </label>
        <label>
          {t('people.role')}
          <Select aria-label={t('people.role')} value={role} options={ROLES.map((value) => ({ value, label: t(`common:role.${value}`) }))} onChange={setRole} />
        </label>
        {make.error && <ProblemNote thrown={make.error} />}
        {make.data && (
          <div role="status">
            <p>{t('tokens.once')}</p>
            <code className="secret">{make.data.secret}</code>
            <Button size="small" onClick={() => void navigator.clipboard.writeText(make.data.secret)}>{t('tokens.copy')}</Button>
          </div>
        )}
        <div><Button htmlType="submit" type="primary" loading={make.isPending} disabled={!label.trim()}>{t('tokens.make')}</Button></div>
      </form>
      {revoke.error && <ProblemNote thrown={revoke.error} />}
      {query.data?.tokens.length === 0 && <Empty title={t('tokens.none')} hint={t('tokens.none_hint')} />}
      {query.data && query.data.tokens.length > 0 && (
        <section className="panel table-scroll" aria-label={t('section.tokens')}>
          <table className="table">
            <thead>
              <tr>{(['label', 'role', 'made', 'ends', 'acts'] as const).map((name) => <th key={name}>{t(`tokens.column_${name}`)}</th>)}</tr>
            </thead>
            <tbody>
              {query.data.tokens.map((token) => (
                <tr key={token.id}>
                  <td>{token.label}</td>
                  <td>{t(`common:role.${token.role}`)}</td>
                  <td className="muted">{moment(token.created_at)}</td>
                  <td className="muted">{token.expires_at ? moment(token.expires_at) : '–'}</td>
                  <td>
                    {token.revoked_at ? <Chip>{t('tokens.revoked')}</Chip> : <Button size="small" danger onClick={() => revoke.mutate(token.id)}>{t('tokens.revoke')}</Button>}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
    </div>
  );
}
