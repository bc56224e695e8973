import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Schema } from '../../../api/client';
import { Chip } from '../../../ui/Chip';

const TONES = { high: 'red', medium: 'amber', low: 'grey' } as const;

/** The reasons a buyer can name, their groups, and what each can turn out to come from. */
export function Tree({ policy }: { policy: Schema['PolicyDto'] }) {
  const { t } = useTranslation('policy');
  const roots = policy.reasons.filter(({ parent }) => !parent);
  const causesOf = (code: string) => policy.causes.filter(({ reasons }) => reasons.includes(code));
  const reason = (one: Schema['ReasonDto']) => {
    const below = policy.reasons.filter(({ parent }) => parent === one.code);
    return (
      <li key={one.code}>
        <span className="row">
          <Link to="/queue" search={{ reason: one.code }}>
            {one.title}
          </Link>
          <Chip tone={TONES[one.priority]}>{t('priority', { priority: t(`common:priority.${one.priority}`) })}</Chip>
        </span>
        {causesOf(one.code).length > 0 && <p className="muted">{t('causes', { causes: causesOf(one.code).map(({ title }) => title).join(t('common:list.and')) })}</p>}
        {below.length > 0 && <ul>{below.map(reason)}</ul>}
      </li>
    );
  };
  return (
    <div className="panels">
      <section className="panel" aria-label={t('reasons')}>
        <h2>{t('reasons')}</h2>
        <ul className="reason-tree">{roots.map(reason)}</ul>
      </section>
      <section className="panel" aria-label={t('refusals')}>
        <h2>{t('refusals')}</h2>
        <ul className="reason-tree">
          {policy.refusal_reasons.map(({ code, title }) => (
            <li key={code}>{title}</li>
          ))}
        </ul>
      </section>
    </div>
  );
}
