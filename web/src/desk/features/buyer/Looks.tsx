import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { actor } from '../../../api/actor';
import { looksQuery } from '../../../api/care';
import { momentFull } from '../../../lib/format';
import { ProblemNote } from '../../../ui/ProblemNote';
import { usePeople } from '../../names';

/** Who read and who changed what is kept of a buyer. */
export function Looks({ id }: { id: string }) {
  const { t } = useTranslation('buyer');
  const { nameOf } = usePeople();
  const [isOpen, setIsOpen] = useState(false);
  const query = useQuery({ ...looksQuery(id), enabled: isOpen });
  const who = (raw: unknown) => {
    const by = actor(raw);
    return by.kind === 'person' ? (nameOf(by.id) ?? by.id) : by.kind;
  };
  return (
    <section className="panel" aria-label={t('looks.title')}>
      <header>
        <h2 className="grow">{t('looks.title')}</h2>
        <Button size="small" aria-expanded={isOpen} onClick={() => setIsOpen(!isOpen)}>{t(isOpen ? 'looks.hide' : 'looks.show')}</Button>
      </header>
      {query.error && <ProblemNote thrown={query.error} />}
      {isOpen && query.data?.looks.length === 0 && <p className="muted">{t('looks.none')}</p>}
      {isOpen && (
        <ul className="rows">
          {query.data?.looks.map((look) => (
            <li key={`${look.at} ${who(look.actor)} ${look.act}`} className="row">
              <span className="grow ellipsis">{who(look.actor)}</span>
              <span>{t(look.act === 'changed' ? 'looks.changed' : 'looks.read')}</span>
              <span className="muted">{momentFull(look.at)}</span>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
