import { Dropdown, Button } from 'antd';
import { BulbOutlined, GlobalOutlined } from '@ant-design/icons';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { LANGUAGES, chooseLanguage, useLanguage, type Language } from '../../lib/i18n';
import { themeChoice, type Theme } from '../../lib/prefs';

const THEMES: Theme[] = ['light', 'dark', 'system'];

export function LanguageSwitch() {
  const { t } = useTranslation();
  const client = useQueryClient();
  const current = useLanguage();
  async function choose(tag: Language) {
    await chooseLanguage(tag);
    // Clauses, reasons and problems come in the reader's language from the service.
    await client.invalidateQueries();
  }
  return (
    <Dropdown
      trigger={['click']}
      menu={{
        selectable: true,
        selectedKeys: [current],
        items: LANGUAGES.map((tag) => ({ key: tag, label: <span lang={tag}>{t(`language.${tag}`)}</span> })),
        onClick: ({ key }) => void choose(key as Language),
      }}
    >
      <Button type="text" icon={<GlobalOutlined />} title={t('language.choose')}>
        <span className="visually-hidden">{t('language.choose')} </span>
        {t(`language.short_${current}`)}
      </Button>
    </Dropdown>
  );
}

export function ThemeSwitch() {
  const { t } = useTranslation();
  const current = themeChoice.use();
  return (
    <Dropdown
      trigger={['click']}
      menu={{
        selectable: true,
        selectedKeys: [current],
        items: THEMES.map((theme) => ({ key: theme, label: t(`theme.${theme}`) })),
        onClick: ({ key }) => themeChoice.set(key as Theme),
      }}
    >
      <Button type="text" icon={<BulbOutlined />} aria-label={t('theme.choose')} title={t('theme.choose')} />
    </Dropdown>
  );
}
