import '../ui/tokens.css';
import './portal.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { startLanguages } from '../lib/i18n';
import { Portal } from './Portal';
import { takeLink } from './session';

takeLink();
await startLanguages(
  {
    'zh-CN': () => import('../locales/zh-CN/portal'),
    'zh-TW': () => import('../locales/zh-TW/portal'),
    en: () => import('../locales/en/portal'),
  },
  {
    'zh-CN': () => import('../locales/zh-CN/portal_rooms'),
    'zh-TW': () => import('../locales/zh-TW/portal_rooms'),
    en: () => import('../locales/en/portal_rooms'),
  },
);

createRoot(document.querySelector('#root')!).render(
  <StrictMode>
    <Portal />
  </StrictMode>,
);
