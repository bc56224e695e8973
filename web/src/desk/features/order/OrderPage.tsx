import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Schema } from '../../../api/client';
import { buyerQuery, orderQuery, someCasesQuery } from '../../../api/queries';
import { Chip } from '../../../ui/Chip';
import { Empty } from '../../../ui/Empty';
import { ProblemNote } from '../../../ui/ProblemNote';
import { CaseRows } from '../CaseRows';
import { BuyerLink } from './BuyerLink';
import { BuyerRating } from './BuyerRating';
import { Covers } from './Covers';
import { OpenForm } from './OpenForm';
import { OrderFacts } from './OrderFacts';
import '../page.css';
import './order.css';

export interface OrderSearch {
  do?: string;
}

/** One order: what was bought by whom, what was asked about it, and a case opened for whoever calls. */
export function OrderPage() {
  const { t } = useTranslation('order');
  const { orderId } = useParams({ from: '/desk/orders/$orderId' });
  const isOpening = useSearch({ from: '/desk/orders/$orderId' }).do === 'open';
  const navigate = useNavigate();
  const query = useQuery(orderQuery(orderId));
  const cases = useQuery(someCasesQuery({ order: orderId, sort: 'opened' })).data?.cases;
  const order = query.data;
  const opening = (open: boolean) => void navigate({ to: '/orders/$orderId', params: { orderId }, search: open ? { do: 'open' } : {} });
  return (
    <div className="page">
      <header className="page-head">
        <h1 className="grow">{t('title', { number: order?.number ?? '' })}</h1>
        {order && <Link to="/orders/$orderId/note" params={{ orderId }}>{t('note.title')}</Link>}
        {order && <BuyerLink order={order.id} />}
        {order && !isOpening && (
          <Button type="primary" onClick={() => opening(true)}>
            {t('open.button')}
          </Button>
        )}
      </header>
      <div className="page-body">
        {query.error && <ProblemNote thrown={query.error} onRetry={() => void query.refetch()} />}
        {order && (
          <div className="panels order">
            {isOpening && <OpenForm order={order} onClose={() => opening(false)} />}
            <section className="panel" aria-label={t('goods')}>
              <h2>
                {t('goods')} <Chip tone={order.phase === 'cancelled' ? 'red' : 'blue'}>{t(`phase.${order.phase}`)}</Chip>
              </h2>
              <OrderFacts order={order} asked={new Map()} />
            </section>
            <div className="stack">
              <Buyer order={order} />
              {order.phase === 'delivered' && <BuyerRating order={order.id} />}
              <Covers order={order} />
              <section className="panel" aria-label={t('cases')}>
                <h2>
                  {t('cases')} <span className="muted">{cases?.length}</span>
                </h2>
                {cases?.length === 0 && <Empty title={t('none')} hint={t('none_hint')} />}
                {cases && cases.length > 0 && <CaseRows cases={cases} label={t('cases')} />}
              </section>
            </div>
          </div>
        )}
      </div>
    </div>
  );
}

function Buyer({ order }: { order: Schema['OrderDto'] }) {
  const { t } = useTranslation('order');
  const buyer = useQuery(buyerQuery(order.buyer)).data;
  const facts = (['nickname', 'name', 'phone', 'email', 'address'] as const).map((name) => [name, buyer?.[name]] as const).filter(([, value]) => value);
  return (
    <section className="panel" aria-label={t('buyer')}>
      <h2>
        {t('buyer')} {order.buyer_tier && <Chip tone="violet">{order.buyer_tier}</Chip>}
      </h2>
      <dl className="pairs">
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{t(`case:buyer.${name}`)}</dt>
            <dd>{name === 'nickname' ? <Link to="/buyers/$buyerId" params={{ buyerId: order.buyer }} title={t('case:buyer.book')}>{value}</Link> : value}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
