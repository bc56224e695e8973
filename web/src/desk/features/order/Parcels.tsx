import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { parcelsQuery } from '../../../api/queries';
import { moment } from '../../../lib/format';
import { Chip } from '../../../ui/Chip';
import { Countdown } from '../../../ui/Countdown';

/** The parcels of an order: how far each got, until when it should be there, and the case of a late one. */
export function Parcels({ order }: { order: string }) {
  const { t } = useTranslation('order');
  const parcels = useQuery(parcelsQuery(order)).data?.parcels ?? [];
  if (parcels.length === 0) return null;
  return (
    <ul className="rows" aria-label={t('parcels')}>
      {parcels.map((parcel) => (
        <li key={parcel.waybill} className="row">
          <span className="grow ellipsis">
            <b>{parcel.carrier}</b> {parcel.waybill}
          </span>
          <span className="muted">{moment(parcel.seen_at)}</span>
          {parcel.due_at && <Countdown dueAt={parcel.due_at} />}
          <Chip tone={parcel.state === 'exception' ? 'red' : parcel.state === 'delivered' ? 'green' : 'blue'}>{t(`parcel.${parcel.state}`)}</Chip>
          {parcel.case && (
            <Link to="/cases/$caseId" params={{ caseId: parcel.case }}>
              {t('parcel.case')}
            </Link>
          )}
        </li>
      ))}
    </ul>
  );
}
