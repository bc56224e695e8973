import { BookOutlined, DashboardOutlined, HeartOutlined, InboxOutlined, MailOutlined, PhoneOutlined, SafetyOutlined, SettingOutlined, StarOutlined } from '@ant-design/icons';
import { Link, useRouterState } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';

export const PLACES = [
  { to: '/queue', name: 'queue', icon: <InboxOutlined />, key: 'g q' },
  { to: '/board', name: 'board', icon: <DashboardOutlined />, key: 'g b' },
  { to: '/follow-ups', name: 'followups', icon: <PhoneOutlined />, key: 'g f' },
  { to: '/care', name: 'care', icon: <HeartOutlined />, key: 'g c' },
  { to: '/mails', name: 'mails', icon: <MailOutlined />, key: 'g e' },
  { to: '/reviews', name: 'reviews', icon: <StarOutlined />, key: 'g r' },
  { to: '/plans', name: 'plans', icon: <SafetyOutlined />, key: 'g w' },
  { to: '/policy', name: 'policy', icon: <BookOutlined />, key: 'g p' },
  { to: '/settings', name: 'settings', icon: <SettingOutlined />, key: 'g s' },
] as const;

export function Rail() {
  const { t } = useTranslation();
  // A case is a place within the queue.
  const inCase = useRouterState({ select: ({ location }) => location.pathname.startsWith('/cases/') });
  return (
    <nav className="rail" aria-label={t('rail.label')}>
      {PLACES.map(({ to, name, icon, key }) => (
        <Link key={to} to={to} activeOptions={{ includeSearch: false }} title={`${t(`rail.${name}`)}  ${key}`} className={inCase && name === 'queue' ? 'active' : undefined}>
          {icon}
          <span>{t(`rail.${name}`)}</span>
        </Link>
      ))}
    </nav>
  );
}
