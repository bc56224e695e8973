import { Link, useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Audit } from './Audit';
import { Blocks } from './Blocks';
import { Checks } from './Checks';
import { HotKeys } from './HotKeys';
import { PeopleSettings } from './PeopleSettings';
import { ShopSettings } from './ShopSettings';
import { Tokens } from './Tokens';
import '../page.css';
import './settings.css';

export const SECTIONS = ['shop', 'people', 'tokens', 'keys', 'blocks', 'checks', 'audit'] as const;
export interface SettingsSearch {
  section?: (typeof SECTIONS)[number];
  actor?: string;
  case?: string;
  from?: string;
  until?: string;
}

const SHOWN = { shop: ShopSettings, people: PeopleSettings, tokens: Tokens, keys: HotKeys, blocks: Blocks, checks: Checks, audit: Audit };

export function SettingsPage() {
  const { t } = useTranslation('settings');
  const { section = 'shop' } = useSearch({ from: '/desk/settings' });
  const Shown = SHOWN[section];
  return (
    <div className="settings">
      <nav className="views" aria-label={t('title')}>
        {SECTIONS.map((name) => (
          <Link key={name} to="/settings" search={{ section: name }} aria-current={name === section ? 'page' : undefined}>
            {t(`section.${name}`)}
          </Link>
        ))}
      </nav>
      <div className="page">
        <header className="page-head">
          <h1>{t(`section.${section}`)}</h1>
          <span className="muted">{t(`hint.${section}`)}</span>
        </header>
        <div className="page-body">
          <Shown />
        </div>
      </div>
    </div>
  );
}
