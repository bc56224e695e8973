import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { buyerQuery, casesOfBuyerQuery, orderQuery, type CaseDto } from '../../../../api/queries';
import { money, moment } from '../../../../lib/format';
import { Chip } from '../../../../ui/Chip';
import { statusTone } from '../../tones';
import { useReasons } from '../../../names';
import { Section } from './Section';

/** Who asks, and what he asked before: a repeat is seen, not guessed. */
export function People({ data }: { data: CaseDto }) {
  const { t } = useTranslation('case');
  const { titles } = useReasons();
  const id = data.buyer ?? '';
  const buyer = useQuery({ ...buyerQuery(id), enabled: Boolean(id) }).data;
  const tier = useQuery({ ...orderQuery(data.order ?? ''), enabled: Boolean(data.order) }).data?.buyer_tier;
  const cases = useQuery({ ...casesOfBuyerQuery(id), enabled: Boolean(id) }).data?.cases.filter((one) => one.id !== data.id) ?? [];
  if (!id) return null;
  const facts = ([['name', buyer?.name], ['phone', buyer?.phone], ['email', buyer?.email], ['address', buyer?.address]] as const).filter(([, value]) => value);
  return (
    <Section name="buyer" title={t('section.buyer')} aside={tier ? <Chip tone="violet">{tier}</Chip> : undefined}>
      <dl className="pairs">
        <div>
          <dt>{t('buyer.nickname')}</dt>
          <dd>{buyer && <Link to="/buyers/$buyerId" params={{ buyerId: id }} title={t('buyer.book')}>{buyer.nickname || t('buyer.erased')}</Link>}</dd>
        </div>
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{t(`buyer.${name}`)}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <h3>{t('earlier', { count: cases.length })}</h3>
      <ul className="earlier">
        {cases.map((one) => (
          <li key={one.id} data-repeated={one.id === data.repeats || undefined}>
            <Link to="/cases/$caseId" params={{ caseId: one.id }} className="row">
              <b>#{one.number}</b>
              <span className="grow ellipsis">
                {t(`common:kind.${one.kind}`)} · {titles.get(one.reason) ?? one.reason}
              </span>
              {one.amount.minor > 0 && <span>{money(one.amount)}</span>}
              <Chip tone={statusTone(one.status)}>{t(`common:status.${one.status}`)}</Chip>
            </Link>
            <span className="muted">{moment(one.opened_at)}</span>
          </li>
        ))}
      </ul>
    </Section>
  );
}
