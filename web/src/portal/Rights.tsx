// The rights the shop names, each with what it gives and when it holds, in words.
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { comparison, type Titles } from '../lib/condition';
import type { Order } from './buyer';
import type { When } from './apply/rights';

function Conditions({ when, titles }: { when: When; titles: Titles }) {
  const { t } = useTranslation();
  if (typeof when === 'string') return <li>{comparison(when, titles)}</li>;
  if ('all' in when) return when.all.map((one, at) => <Conditions key={at} when={one} titles={titles} />);
  const [word, inner] = 'any' in when ? ['any' as const, when.any] : ['not' as const, [when.not]];
  return (
    <li>
      {t(`rights.${word}`)}
      <ul>{inner.map((one, at) => <Conditions key={at} when={one} titles={titles} />)}</ul>
    </li>
  );
}

const SHOWN = 4;

export function Rights({ rights, reasons }: Pick<Order, 'rights' | 'reasons'>) {
  const { t } = useTranslation();
  const [isWhole, setWhole] = useState(false);
  const titles = new Map(reasons.map(({ code, title }) => [code, title]));
  return (
    <section className="card">
      <h2>{t('rights.title')}</h2>
      <p className="muted">{t('rights.hint')}</p>
      <div className="rights">
        {rights.slice(0, isWhole ? undefined : SHOWN).map(({ id, title, source, right }) => right && (
          <details key={id}>
            <summary>{title}</summary>
            <p>{t('rights.gives', { kinds: right.kinds.map((kind) => t(`kind.${kind}`)).join(t('list.or')) })}</p>
            <p>{t(`rights.freight.${right.return_freight}`)}</p>
            <p>{t(`rights.proof.${right.proof}`)}</p>
            <ul><Conditions when={right.when as unknown as When} titles={titles} /></ul>
            <small className="muted">{source}</small>
          </details>
        ))}
      </div>
      {!isWhole && rights.length > SHOWN && <button type="button" className="quiet" onClick={() => setWhole(true)}>{t('rights.more', { count: rights.length })}</button>}
    </section>
  );
}
