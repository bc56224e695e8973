import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Titles } from '../../../lib/condition';
import { conditionOf, kindOf, sentences, whenOf, type Clause, type Condition } from './terms';

// What an open case can stand on: its right, the remedy agreed, a clock that runs.
const RESTED_ON: ReadonlySet<ReturnType<typeof kindOf>> = new Set(['right', 'remedy', 'clock']);

/** One clause: what it says, when it holds, where it comes from. */
export function ClauseCard({ clause, currency, titles }: { clause: Clause; currency: string; titles: Titles }) {
  const { t } = useTranslation('policy');
  const when = conditionOf(whenOf(clause), titles);
  return (
    <article className="panel clause" id={`clause-${clause.id}`}>
      <header>
        <b className="grow">{clause.title || clause.id}</b>
        <code>{clause.id}</code>
      </header>
      <p>{sentences(clause, { t, currency }).join(t('say.end'))}</p>
      {when && (
        <details>
          <summary>{t('when')}</summary>
          <Conditions condition={when} />
        </details>
      )}
      <footer className="muted">
        <span className="grow">{clause.source}</span>
        {clause.replaces && <span>{t('replaces', { id: clause.replaces })}</span>}
        {RESTED_ON.has(kindOf(clause)) && (
          <Link to="/queue" search={{ clause: clause.id }}>
            {t('open_cases')}
          </Link>
        )}
      </footer>
    </article>
  );
}

function Conditions({ condition }: { condition: Condition }) {
  const { t } = useTranslation('policy');
  if (condition.kind === 'one') return <p>{condition.text}</p>;
  return (
    <>
      {condition.kind !== 'all' && <span className="muted">{t(`condition.${condition.kind}`)}</span>}
      <ul className="conditions">
        {condition.below.map((one, at) => (
          // The order of a clause's conditions never changes.
          // oxlint-disable-next-line react/no-array-index-key
          <li key={at}>
            <Conditions condition={one} />
          </li>
        ))}
      </ul>
    </>
  );
}
