import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { lossesQuery } from '../../../api/queries';
import { moment, money } from '../../../lib/format';
import { Bars } from '../../../ui/Bars';
import { Empty } from '../../../ui/Empty';
import { ProblemNote } from '../../../ui/ProblemNote';

/** What carriers cost the shop: what buyers got for parcels gone wrong, and how much of it came back. */
export function Losses() {
  const { t } = useTranslation('board');
  const query = useQuery(lossesQuery);
  const report = query.data;
  return (
    <section className="panel" aria-label={t('losses')}>
      <h2>{t('losses')}</h2>
      {query.error && <ProblemNote thrown={query.error} onRetry={() => void query.refetch()} />}
      {report?.carriers.length === 0 && <Empty title={t('none.losses')} hint={t('none_hint.losses')} />}
      {report && report.carriers.length > 0 && (
        <>
          <Bars
            label={t('losses')}
            bars={report.carriers.map(({ carrier, delays, losses, damages, open, paid, received }) => ({
              key: carrier + paid.currency,
              label: carrier,
              parts: [
                { value: received.minor, tone: 'green', name: t('losses_part.back') },
                { value: Math.max(0, paid.minor - received.minor), tone: 'red', name: t('losses_part.lost') },
              ],
              said: (
                <span title={t('losses_count', { delays, losses, damages, open })}>
                  {t('losses_row', { paid: money(paid), received: money(received) })}
                </span>
              ),
            }))}
          />
          <p className="hint">{t('losses_span', { from: moment(report.from), until: moment(report.until) })}</p>
        </>
      )}
    </section>
  );
}
