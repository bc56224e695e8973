import { useTranslation } from 'react-i18next';
import { connection } from '../live';

/** Whether what is shown is live. A lost line says so, and what to do: nothing, it comes back. */
export function ConnectionState() {
  const { t } = useTranslation();
  const state = connection.use();
  return (
    <span className="connection" data-state={state} role="status" title={t(`connection.${state}_hint`)}>
      <i aria-hidden="true" />
      {t(`connection.${state}`)}
    </span>
  );
}
