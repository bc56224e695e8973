import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { asProblem } from '../../api/problem';
import { link } from '../session';

/** What went wrong, why, and what to do, in the service's own words; with the way on that fits it. */
export function Trouble({ thrown, onRetry }: { thrown: unknown; onRetry?: () => void }) {
  const { t } = useTranslation();
  const problem = asProblem(thrown);
  const box = useRef<HTMLDivElement>(null);
  // On a phone it may stand below the fold, where nobody would look for it.
  // In braces: newer browsers give back a promise, which is no way to clean up.
  useEffect(() => {
    box.current?.scrollIntoView({ block: 'nearest' });
  }, [problem]);
  const isShutOut = problem.status === 401 && link.get() !== '';
  return (
    <div className="trouble" role="alert" ref={box}>
      <b>{problem.title}</b>
      <p>{problem.detail}</p>
      {problem.request_id && <p className="muted">{t('problem.request', { id: problem.request_id })}</p>}
      {isShutOut && <a className="button" href="#/enter">{t('enter.by_code')}</a>}
      {onRetry && !isShutOut && (
        <button type="button" className="button" onClick={onRetry}>{t('act.retry')}</button>
      )}
    </div>
  );
}
