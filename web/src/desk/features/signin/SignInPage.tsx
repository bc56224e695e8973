import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Navigate, useNavigate, useSearch } from '@tanstack/react-router';
import { Button, Input } from 'antd';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { setupNeeded } from '../../../api/board';
import { signIn } from '../../../api/commands';
import { ProblemNote } from '../../../ui/ProblemNote';
import { LanguageSwitch, ThemeSwitch } from '../../shell/Switches';
import { hasSession } from '../../session';
import './signin.css';

export function SignInPage() {
  const { t } = useTranslation('signin');
  const { back } = useSearch({ from: '/sign-in' });
  const navigate = useNavigate();
  const client = useQueryClient();
  const isNew = useQuery({ queryKey: ['setup'], queryFn: setupNeeded }).data?.needed;
  const [login, setLogin] = useState('');
  const [password, setPassword] = useState('');
  const [busy, setBusy] = useState(false);
  const [failed, setFailed] = useState<unknown>();

  async function submit(event: FormEvent) {
    event.preventDefault();
    setBusy(true);
    setFailed(undefined);
    try {
      await signIn({ login: login.trim(), password });
      client.clear();
      hasSession.set(true);
      await navigate({ href: back ?? '/queue', replace: true });
    } catch (thrown) {
      setFailed(thrown);
    } finally {
      setBusy(false);
    }
  }

  // A service without a shop has nobody who could sign in.
  if (isNew) return <Navigate to="/setup" replace />;
  return (
    <main className="signin">
      <div className="signin-top">
        <LanguageSwitch />
        <ThemeSwitch />
      </div>
      <form className="signin-card" onSubmit={submit}>
        <h1>{t('title')}</h1>
        <p className="muted">{t('subtitle')}</p>
        <label htmlFor="login">{t('login')}</label>
        <Input
          id="login"
          autoComplete="username"
          autoFocus
          size="large"
          value={login}
          onChange={(event) => setLogin(event.target.value)}
        />
        <label htmlFor="password">{t('password')}</label>
        <Input.Password
          id="password"
          autoComplete="current-password"
          size="large"
          value={password}
          onChange={(event) => setPassword(event.target.value)}
        />
        {failed !== undefined && <ProblemNote thrown={failed} />}
        <Button type="primary" htmlType="submit" size="large" block loading={busy} disabled={!login.trim() || !password}>
          {t('submit')}
        </Button>
        <p className="muted signin-hint">{t('hint')}</p>
      </form>
    </main>
  );
}
