import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { asProblem } from '../api/problem';

/** What went wrong, why, and what to do, in the service's own words. */
export function ProblemNote({ thrown, onRetry }: { thrown: unknown; onRetry?: () => void }) {
  const { t } = useTranslation();
  const problem = asProblem(thrown);
  return (
    <div className="problem" role="alert">
      <div className="grow">
        <b>{problem.title}</b>
        <p>{problem.detail}</p>
        {problem.clauses.length > 0 && <p className="muted">{t('problem.clauses', { clauses: problem.clauses.join(t('list.and')) })}</p>}
        {problem.request_id && <p className="muted">{t('problem.request', { id: problem.request_id })}</p>}
      </div>
      {onRetry && (
        <Button size="small" onClick={onRetry}>
          {t('act.retry')}
        </Button>
      )}
    </div>
  );
}
