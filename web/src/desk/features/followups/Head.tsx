import { useNavigate } from '@tanstack/react-router';
import { Segmented } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

const PARTS = ['cases', 'visits'] as const;

/** The head of both parts: calls after a case, and calls beside any. */
export function Head({ part, children }: { part: (typeof PARTS)[number]; children: ReactNode }) {
  const { t } = useTranslation('followups');
  const navigate = useNavigate();
  return (
    <header className="page-head">
      <h1>{t('title')}</h1>
      <Segmented aria-label={t('parts')} value={part} options={PARTS.map((value) => ({ value, label: t(`part.${value}`) }))} onChange={(next) => void navigate({ to: '/follow-ups', search: next === 'visits' ? { part: 'visits' } : {}, replace: true })} />
      {children}
    </header>
  );
}
