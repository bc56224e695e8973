import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Input, Select } from 'antd';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { Schema } from '../../../api/client';
import { meQuery, peopleQuery } from '../../../api/queries';
import { membershipSet, personAdd, personDisable, personEnable, personPassword } from '../../../api/shop';
import { Chip } from '../../../ui/Chip';
import { ProblemNote } from '../../../ui/ProblemNote';

const ROLES = ['agent', 'supervisor', 'manager', 'admin', 'auditor', 'mediator'] as const;
const SHORTEST_PASSWORD = 10;

/** Who works here, in which role; who may no longer. */
export function PeopleSettings() {
  const { t } = useTranslation('settings');
  const client = useQueryClient();
  const query = useQuery(peopleQuery);
  const me = useQuery(meQuery).data;
  const [asked, setAsked] = useState<string>();
  const change = useMutation({
    mutationFn: (person: Schema['PersonDto']) => (person.disabled_at ? personEnable(person.id) : personDisable(person.id)),
    onSuccess: () => client.invalidateQueries({ queryKey: peopleQuery.queryKey }),
  });
  const give = useMutation({
    mutationFn: ({ person, role }: { person: string; role: Schema['Role'] }) => membershipSet(person, role),
    onSuccess: () => client.invalidateQueries({ queryKey: peopleQuery.queryKey }),
  });
  return (
    <div className="stack">
      {query.error && <ProblemNote thrown={query.error} onRetry={() => void query.refetch()} />}
      {change.error && <ProblemNote thrown={change.error} />}
      {give.error && <ProblemNote thrown={give.error} />}
      <section className="panel table-scroll" aria-label={t('section.people')}>
        <table className="table">
          <thead>
            <tr>
              {(['name', 'login', 'role', 'state', 'acts'] as const).map((name) => <th key={name}>{t(`people.${name}`)}</th>)}
            </tr>
          </thead>
          <tbody>
            {query.data?.people.map((person) => (
              <tr key={person.id}>
                <td>{person.display_name}</td>
                <td className="muted">{person.login ?? '–'}</td>
                <td>
                  {person.id === me?.person ? (
                    t(`common:role.${person.role}`)
                  ) : (
                    <Select
                      size="small"
                      variant="borderless"
                      aria-label={`${person.display_name} ${t('people.role_change')}`}
                      popupMatchSelectWidth={false}
                      value={person.role}
                      options={ROLES.map((value) => ({ value, label: t(`common:role.${value}`) }))}
                      onChange={(role) => give.mutate({ person: person.id, role })}
                    />
                  )}
                </td>
                <td>{person.disabled_at ? <Chip tone="red">{t('people.disabled')}</Chip> : <Chip tone="green">{t('people.active')}</Chip>}</td>
                <td>
                  <div className="row">
                    <Button size="small" aria-expanded={asked === person.id} onClick={() => setAsked(asked === person.id ? undefined : person.id)}>{t('people.password')}</Button>
                    <Button size="small" danger={!person.disabled_at} disabled={person.id === me?.person} onClick={() => change.mutate(person)}>{t(person.disabled_at ? 'people.enable' : 'people.disable')}</Button>
                  </div>
                  {asked === person.id && <Password person={person.id} isMine={person.id === me?.person} onDone={() => setAsked(undefined)} />}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      <Adding />
    </div>
  );
}

function Password({ person, isMine, onDone }: { person: string; isMine: boolean; onDone: () => void }) {
  const { t } = useTranslation('settings');
  const [old, setOld] = useState('');
  const [password, setPassword] = useState('');
  const save = useMutation({ mutationFn: () => personPassword(person, { password, ...(isMine ? { old } : {}) }), onSuccess: onDone });
  function submit(event: FormEvent) {
    event.preventDefault();
    save.mutate();
  }
  return (
    <form className="stack password-row" onSubmit={submit}>
      {isMine && <Input.Password aria-label={t('people.old')} placeholder={t('people.old')} autoComplete="current-password" value={old} onChange={(event) => setOld(event.target.value)} />}
      <Input.Password aria-label={t('people.new')} placeholder={t('people.new')} autoComplete="new-password" value={password} onChange={(event) => setPassword(event.target.value)} />
      {save.error && <ProblemNote thrown={save.error} />}
      <Button htmlType="submit" type="primary" loading={save.isPending} disabled={password.length < SHORTEST_PASSWORD || (isMine && !old)}>{t('save')}</Button>
    </form>
  );
}

const NOBODY: Schema['PersonAddBody'] = { display_name: '', login: '', password: '', role: 'agent' };

function Adding() {
  const { t } = useTranslation('settings');
  const client = useQueryClient();
  const [person, setPerson] = useState(NOBODY);
  const add = useMutation({
    mutationFn: () => personAdd(person),
    onSuccess: () => {
      setPerson(NOBODY);
      void client.invalidateQueries({ queryKey: peopleQuery.queryKey });
    },
  });
  const set = (change: Partial<Schema['PersonAddBody']>) => setPerson((before) => ({ ...before, ...change }));
  function submit(event: FormEvent) {
    event.preventDefault();
    add.mutate();
  }
  const isWhole = person.display_name.trim() && person.login.trim() && person.password.length >= SHORTEST_PASSWORD;
  return (
    <form className="panel form" onSubmit={submit} aria-label={t('people.add')}>
      <h2>{t('people.add')}</h2>
      <label>
        {t('people.name')}
        <Input autoComplete="off" maxLength={100} value={person.display_name} onChange={(event) => set({ display_name: event.target.value })} />
      </label>
      <label>
        {t('people.login')}
        <Input autoComplete="off" maxLength={100} value={person.login} onChange={(event) => set({ login: event.target.value })} />
      </label>
      <label>
        {t('people.new')}
        <Input.Password autoComplete="new-password" value={person.password} onChange={(event) => set({ password: event.target.value })} />
      </label>
      <label>
        {t('people.role')}
        <Select aria-label={t('people.role')} value={person.role} options={ROLES.map((value) => ({ value, label: t(`common:role.${value}`) }))} onChange={(role) => set({ role })} />
        <small>{t(`role_hint.${person.role}`)}</small>
      </label>
      {add.error && <ProblemNote thrown={add.error} />}
      {add.isSuccess && <p className="said-ok" role="status">{t('people.added')}</p>}
      <div><Button htmlType="submit" type="primary" loading={add.isPending} disabled={!isWhole}>{t('people.add')}</Button></div>
    </form>
  );
}
