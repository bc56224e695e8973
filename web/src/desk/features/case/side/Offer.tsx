import { useTranslation } from 'react-i18next';
import type { Schema } from '../../../../api/client';
import { money } from '../../../../lib/format';
import { Chip, type Tone } from '../../../../ui/Chip';
import { ClauseMark } from '../ClauseMark';
import { Cost, Plan } from './Plan';
import { Section } from './Section';

/** The options before the buyer, or what became of them. */
export function Offer({ offer, agreed }: { offer: Schema['OfferDto']; agreed: Schema['ClauseDto'] | undefined }) {
  const { t } = useTranslation('case');
  const state = offer.open ? 'open' : offer.declined ? 'declined' : agreed ? 'agreed' : 'over';
  const tones: Record<string, Tone> = { open: 'blue', declined: 'red', agreed: 'green', over: 'grey' };
  return (
    <Section name="offer" title={t('section.offer', { number: offer.number })} aside={<Chip tone={tones[state]!}>{t(`offer_state.${state}`)}</Chip>}>
      {offer.wish && <p>{t('offer_wish', { amount: money(offer.wish) })}</p>}
      {offer.options.map((option) => (
        <article key={option.option} className="remedy" data-staged={option.clause.id === agreed?.id || undefined}>
          <div className="row">
            <b className="grow">
              {option.option}. {option.clause.title || option.clause.id}
            </b>
            <ClauseMark id={option.clause.id} title={option.clause.source} />
          </div>
          <Plan plan={option.plan} />
          {option.cost && (
            <div className="remedy-line">
              <Cost cost={option.cost} />
            </div>
          )}
        </article>
      ))}
    </Section>
  );
}
