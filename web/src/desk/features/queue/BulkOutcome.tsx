import { CheckCircleFilled, StopOutlined } from '@ant-design/icons';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Schema } from '../../../api/client';
import { money } from '../../../lib/format';

/** Case by case what came of it, or would: first what is left out and why, then what is done. */
export function BulkOutcome({ bulk, numbers }: { bulk: Schema['Bulk']; numbers: Map<string, number> }) {
  const { t } = useTranslation('queue');
  const refused = bulk.cases.filter((one) => one.refused);
  const done = bulk.cases.filter((one) => one.done);
  const link = (id: string) => (
    <Link to="/cases/$caseId" params={{ caseId: id }} target="_blank">
      #{numbers.get(id)}
    </Link>
  );
  return (
    <>
      {refused.length > 0 && (
        <section>
          <h3>{t(bulk.preview ? 'bulk.excluded' : 'bulk.failed', { count: refused.length })}</h3>
          <ul className="bulk-list">
            {refused.map((one) => (
              <li key={one.case}>
                <StopOutlined className="bulk-no" />
                {link(one.case)}
                <span className="grow">
                  {one.refused!.title}
                  <small className="muted">{one.refused!.detail}</small>
                </span>
              </li>
            ))}
          </ul>
        </section>
      )}
      {done.length > 0 && (
        <section>
          <h3>{t(bulk.preview ? 'bulk.would' : 'bulk.did', { count: done.length })}</h3>
          <ul className="bulk-list">
            {done.map((one) => (
              <li key={one.case}>
                <CheckCircleFilled className="bulk-yes" />
                {link(one.case)}
                <span className="grow" />
                {one.done!.pays.minor > 0 && <span>{money(one.done!.pays)}</span>}
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  );
}

/** The sum to be confirmed, in full. */
export function TotalsText({ bulk }: { bulk: Schema['Bulk'] }) {
  const { t } = useTranslation('queue');
  const paying = bulk.totals.filter(({ minor }) => minor > 0);
  if (paying.length === 0) return null;
  return (
    <p className="bulk-total">
      <span>{t('bulk.total')}</span>
      <b>{paying.map(money).join(' + ')}</b>
    </p>
  );
}
