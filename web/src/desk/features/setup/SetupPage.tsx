import { useMutation, useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { Button, Input } from 'antd';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { setUp, setupNeeded, type SetupBody } from '../../../api/board';
import { Empty } from '../../../ui/Empty';
import { ProblemNote } from '../../../ui/ProblemNote';
import { LanguageSwitch, ThemeSwitch } from '../../shell/Switches';
import '../signin/signin.css';

const FIELDS: (keyof SetupBody)[] = ['token', 'shop', 'time_zone', 'currency', 'display_name', 'login', 'password'];
const SHORTEST_PASSWORD = 10;
// The address that the service shows at its start brings the token along.
const EMPTY: SetupBody = { token: new URLSearchParams(location.hash.slice(1)).get('token') ?? '', shop: '', time_zone: Intl.DateTimeFormat().resolvedOptions().timeZone, currency: 'CNY', login: '', display_name: '', password: '' };

/** A new service: the first shop and its owner. Its token stands in the service's own log. */
export function SetupPage() {
  const { t } = useTranslation('signin');
  const navigate = useNavigate();
  const query = useQuery({ queryKey: ['setup'], queryFn: setupNeeded });
  const [filled, setFilled] = useState(EMPTY);
  const save = useMutation({ mutationFn: () => setUp(filled), onSuccess: () => navigate({ to: '/sign-in' }) });
  const isWhole = FIELDS.every((name) => filled[name].trim()) && filled.password.length >= SHORTEST_PASSWORD;
  function submit(event: FormEvent) {
    event.preventDefault();
    save.mutate();
  }
  return (
    <main className="signin">
      <div className="signin-top">
        <LanguageSwitch />
        <ThemeSwitch />
      </div>
      {query.error && <ProblemNote thrown={query.error} onRetry={() => void query.refetch()} />}
      {query.data?.needed === false && (
        <Empty title={t('setup.done')} hint={t('setup.done_hint')}>
          <Link to="/sign-in">{t('setup.to_sign_in')}</Link>
        </Empty>
      )}
      {query.data?.needed && (
        <form className="signin-card" onSubmit={submit}>
          <h1>{t('setup.title')}</h1>
          <p className="muted">{t('setup.subtitle')}</p>
          {FIELDS.map((name) => {
            const Control = name === 'password' || name === 'token' ? Input.Password : Input;
            return (
              <label key={name}>
                {t(`setup.${name}`)}
                <Control autoComplete={name === 'password' ? 'new-password' : 'off'} autoFocus={name === 'token'} maxLength={200} value={filled[name]} onChange={(event) => setFilled({ ...filled, [name]: event.target.value })} />
              </label>
            );
          })}
          {save.error && <ProblemNote thrown={save.error} />}
          <Button type="primary" htmlType="submit" size="large" block loading={save.isPending} disabled={!isWhole}>
            {t('setup.submit')}
          </Button>
        </form>
      )}
    </main>
  );
}
