import { ConfigProvider } from 'antd';
import type { Locale } from 'antd/es/locale';
import { useEffect, type ReactNode } from 'react';
import { useLanguage, type Language } from '../lib/i18n';
import { isDark, paintTheme, themeChoice } from '../lib/prefs';
import { store } from '../lib/store';
import { antdTheme } from '../ui/antdTheme';

// The service writes a nonce into every page; browsers show it to scripts through the property alone.
const nonce = document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce ?? '';

const LOCALES: Record<Language, () => Promise<{ default: Locale }>> = {
  'zh-CN': () => import('antd/es/locale/zh_CN'),
  'zh-TW': () => import('antd/es/locale/zh_TW'),
  en: () => import('antd/es/locale/en_GB'),
};

const kitLocale = store<Locale | undefined>(undefined);

/** Before the first drawing: a locale that came later would make antd draw everything anew, and lose what
 *  was typed meanwhile. */
export async function loadKitLocale(language: Language) {
  kitLocale.set((await LOCALES[language]()).default);
}

/** Ant Design in our theme, the reader's language, and under the page's content security policy. */
export function Kit({ children }: { children: ReactNode }) {
  const language = useLanguage();
  const theme = themeChoice.use();
  const locale = kitLocale.use();
  useEffect(() => void loadKitLocale(language), [language]);
  useEffect(paintTheme, [theme]);
  return (
    <ConfigProvider
      csp={{ nonce }}
      theme={antdTheme(isDark(theme))}
      button={{ autoInsertSpace: false }}
      locale={locale!}
    >
      {children}
    </ConfigProvider>
  );
}
