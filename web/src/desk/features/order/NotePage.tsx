import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { delayPlanQuery, orderQuery, shopQuery } from '../../../api/queries';
import { day } from '../../../lib/format';
import { ProblemNote } from '../../../ui/ProblemNote';
import { lastOf } from '../case/side/Trade';
import '../page.css';
import './note.css';

const CHECKS = ['check_1', 'check_2', 'check_3', 'check_4'] as const;

/** A friendly note to lie on the parcel: for the courier, and for the buyer before he signs. Nothing of it says who
 * he is, so that it may stand outside. */
export function NotePage() {
  const { t } = useTranslation('order');
  const { orderId } = useParams({ from: '/desk/orders/$orderId/note' });
  const query = useQuery(orderQuery(orderId));
  const shop = useQuery(shopQuery).data;
  const holiday = useQuery(delayPlanQuery).data?.holiday;
  const order = query.data;
  return (
    <div className="page">
      <header className="page-head no-print">
        <h1 className="grow">{t('note.title')}</h1>
        <Link to="/orders/$orderId" params={{ orderId }}>{t('note.back')}</Link>
        <Button type="primary" disabled={!order} onClick={() => window.print()}>{t('note.print')}</Button>
      </header>
      <div className="page-body">
        {query.error && <ProblemNote thrown={query.error} onRetry={() => void query.refetch()} />}
        {order && shop && (
          <article className="parcel-note">
            <header>
              <b>{shop.name}</b>
              <span>{t('note.order', { number: order.number })}</span>
            </header>
            <p>{t('note.greeting')}</p>
            <p className="parcel-note-courier">{t('note.carrier')}</p>
            <h2>{t('note.check')}</h2>
            <ol>
              {CHECKS.map((check) => <li key={check}>{t(`note.${check}`)}</li>)}
            </ol>
            {holiday && <p>{t('note.holiday', { from: day(holiday.from), until: day(lastOf(holiday.until)) })}</p>}
            <h2>{t('note.contents')}</h2>
            <ul>
              {order.lines.map((line) => <li key={line.id}>{line.title} × {line.units.length}</li>)}
            </ul>
            <footer>
              <p>{t('note.trouble')}</p>
              {shop.settings.direct_line && <p>{t('note.line', { line: shop.settings.direct_line })}</p>}
            </footer>
          </article>
        )}
      </div>
    </div>
  );
}
