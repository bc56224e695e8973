import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { orderQuery, type CaseDto } from '../../../../api/queries';
import { ProblemNote } from '../../../../ui/ProblemNote';
import { OrderFacts } from '../../order/OrderFacts';
import { Section } from './Section';

/** The case's order, with what of it the case is about. */
export function OrderSection({ data }: { data: CaseDto }) {
  const { t } = useTranslation('case');
  const query = useQuery({ ...orderQuery(data.order ?? ''), enabled: Boolean(data.order) });
  const order = query.data;
  if (!data.order) return null;
  return (
    <Section
      name="order"
      title={t('section.order')}
      aside={
        order && (
          <Link to="/orders/$orderId" params={{ orderId: order.id }}>
            {order.number}
          </Link>
        )
      }
    >
      {query.error && <ProblemNote thrown={query.error} onRetry={() => void query.refetch()} />}
      {order && <OrderFacts order={order} asked={new Map(data.claim.lines.map(({ line, units }) => [line, units]))} />}
    </Section>
  );
}
