import { QuestionCircleOutlined, SearchOutlined, UserOutlined } from '@ant-design/icons';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { Button, Dropdown } from 'antd';
import { useTranslation } from 'react-i18next';
import { signOut, signOutEverywhere } from '../../api/commands';
import { countsQuery, meQuery, peopleQuery, shopQuery } from '../../api/queries';
import { chord } from '../../lib/hotkeys';
import { Chip } from '../../ui/Chip';
import { highValueOf } from '../features/queue/views';
import { hasSession } from '../session';
import { ConnectionState } from './ConnectionState';
import { LanguageSwitch, ThemeSwitch } from './Switches';

interface Props {
  onSearch: () => void;
  onHelp: () => void;
}

export function TopBar({ onSearch, onHelp }: Props) {
  const { t } = useTranslation();
  const shop = useQuery(shopQuery).data;
  const counts = useQuery({ ...countsQuery(highValueOf(shop)), enabled: shop !== undefined }).data;
  return (
    <header className="topbar">
      <Link to="/queue" className="topbar-name ellipsis" title={shop?.name}>
        {shop?.name ?? t('product')}
      </Link>
      <button type="button" className="topbar-search" onClick={onSearch}>
        <SearchOutlined />
        <span className="grow ellipsis">{t('search.placeholder')}</span>
        <kbd>/</kbd>
        <kbd>{chord('K')}</kbd>
      </button>
      <div className="grow" />
      {counts && counts.overdue > 0 && (
        <Link to="/queue" search={{ view: 'overdue' }}>
          <Chip tone="red">{t('topbar.overdue', { count: counts.overdue })}</Chip>
        </Link>
      )}
      {counts && counts.due_soon > 0 && (
        <Link to="/queue" search={{ view: 'due_soon' }}>
          <Chip tone="amber">{t('topbar.due_soon', { count: counts.due_soon })}</Chip>
        </Link>
      )}
      <ConnectionState />
      <LanguageSwitch />
      <ThemeSwitch />
      <Button type="text" icon={<QuestionCircleOutlined />} onClick={onHelp} aria-label={t('help.title')} title={`${t('help.title')}  ?`} />
      <Account />
    </header>
  );
}

function Account() {
  const { t } = useTranslation();
  const me = useQuery(meQuery).data;
  const people = useQuery(peopleQuery).data?.people;
  const client = useQueryClient();
  const navigate = useNavigate();
  const name = people?.find((person) => person.id === me?.person)?.display_name ?? '';

  async function leave(out: () => Promise<unknown>) {
    await out();
    hasSession.set(false);
    // First away from what asks, then nothing of it is kept for whoever signs in next.
    await navigate({ to: '/sign-in' });
    client.clear();
  }
  return (
    <Dropdown
      trigger={['click']}
      menu={{
        items: [
          { key: 'out', label: t('account.sign_out') },
          { key: 'everywhere', label: t('account.sign_out_everywhere') },
        ],
        onClick: ({ key }) => void leave(key === 'out' ? signOut : signOutEverywhere),
      }}
    >
      <Button type="text" icon={<UserOutlined />}>
        <span className="visually-hidden">{t('account.menu')} </span>
        {name}
        {me && name !== t(`role.${me.role}`) && <span className="muted"> · {t(`role.${me.role}`)}</span>}
      </Button>
    </Dropdown>
  );
}
