import { Link, type ErrorComponentProps } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Empty } from '../../ui/Empty';
import { ProblemNote } from '../../ui/ProblemNote';

export function NotFound() {
  const { t } = useTranslation();
  return (
    <Empty title={t('not_found.title')} hint={t('not_found.hint')}>
      <Link to="/queue">{t('not_found.to_queue')}</Link>
    </Empty>
  );
}

/** A page that could not be drawn. A chunk that is gone means a new release: loading anew brings it. */
export function Broken({ error, reset }: ErrorComponentProps) {
  const { t } = useTranslation();
  const released = /dynamically imported module|preload/i.test(String(error));
  if (released) {
    return (
      <Empty title={t('released.title')} hint={t('released.hint')}>
        <button type="button" onClick={() => window.location.reload()}>
          {t('released.reload')}
        </button>
      </Empty>
    );
  }
  return (
    <div style={{ padding: 24 }}>
      <ProblemNote thrown={error} onRetry={reset} />
    </div>
  );
}
