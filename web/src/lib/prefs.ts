// What a reader chose for this browser.
import { store } from './store';

export type Theme = 'light' | 'dark' | 'system';
export const themeChoice = store<Theme>('system', 'amends.theme');

const dark = window.matchMedia('(prefers-color-scheme: dark)');
export const isDark = (choice: Theme) => choice === 'dark' || (choice === 'system' && dark.matches);

export function paintTheme() {
  document.documentElement.dataset['theme'] = isDark(themeChoice.get()) ? 'dark' : 'light';
}
