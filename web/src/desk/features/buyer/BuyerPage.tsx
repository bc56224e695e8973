import { useQuery } from '@tanstack/react-query';
import { useNavigate, useParams } from '@tanstack/react-router';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { bookQuery, standingQuery } from '../../../api/care';
import { buyerQuery, meQuery, shopQuery } from '../../../api/queries';
import { day } from '../../../lib/format';
import { Chip } from '../../../ui/Chip';
import { ProblemNote } from '../../../ui/ProblemNote';
import { AUDITORS, CARERS } from '../care/roles';
import { BookForm } from './BookForm';
import { BuyerVisits } from './BuyerVisits';
import { History } from './History';
import { Looks } from './Looks';
import '../page.css';
import './buyer.css';

/** One buyer: who he is, what the shop knows of him, what he bought and asked for, and whether to write to him. */
export function BuyerPage() {
  const { t } = useTranslation('buyer');
  const { buyerId } = useParams({ from: '/desk/buyers/$buyerId' });
  const navigate = useNavigate();
  const buyer = useQuery(buyerQuery(buyerId)).data;
  const query = useQuery(bookQuery(buyerId));
  const tiers = useQuery(shopQuery).data?.settings.tiers ?? [];
  const role = useQuery(meQuery).data?.role;
  const book = query.data;
  const tier = tiers.find(({ code }) => code === book?.tier);
  const facts = (['name', 'phone', 'email', 'address'] as const).map((name) => [name, buyer?.[name]] as const).filter(([, value]) => value);
  return (
    <div className="page">
      <header className="page-head">
        <h1 className="ellipsis">{buyer ? buyer.nickname || t('case:buyer.erased') : t('title')}</h1>
        {book?.tier && <Chip tone="violet" {...(tier?.gives ? { title: tier.gives } : {})}>{tier ? [tier.title, tier.discount_percent ? t('off', { percent: tier.discount_percent }) : ''].filter(Boolean).join(' · ') : book.tier}</Chip>}
        {book?.tags.map((tag) => <Chip key={tag}>{tag}</Chip>)}
        {book?.blocked && <Chip tone="red">{t('blocked_chip')}</Chip>}
        {book?.opted_out_at && <Chip tone="amber">{t('opted_out', { at: day(book.opted_out_at) })}</Chip>}
        <span className="grow" />
        {role && CARERS.has(role) && !book?.erased_at && <Button onClick={() => void navigate({ to: '/care', search: { mail: 'new', buyer: buyerId } })}>{t('write')}</Button>}
      </header>
      <div className="page-body">
        {query.error && <ProblemNote thrown={query.error} onRetry={() => void query.refetch()} />}
        {book?.erased_at && <p className="said-ok">{t('erased', { at: day(book.erased_at) })}</p>}
        {book && (
          <div className="panels buyer">
            <div className="stack">
              {facts.length > 0 && (
                <section className="panel" aria-label={t('who')}>
                  <h2>{t('who')}</h2>
                  <dl className="pairs">
                    {facts.map(([name, value]) => (
                      <div key={name}>
                        <dt>{t(`case:buyer.${name}`)}</dt>
                        <dd>{value}</dd>
                      </div>
                    ))}
                  </dl>
                </section>
              )}
              {!book.erased_at && (book.content ? <BookForm key={book.version} id={buyerId} book={book} content={book.content} /> : <p className="panel muted">{t('masked')}</p>)}
              {role && AUDITORS.has(role) && <Looks id={buyerId} />}
            </div>
            <div className="stack">
              {!book.erased_at && <Standing id={buyerId} />}
              <BuyerVisits id={buyerId} erased={Boolean(book.erased_at)} />
              <History id={buyerId} />
            </div>
          </div>
        )}
      </div>
    </div>
  );
}

/** Whether he may be written to, and goods be suggested to him, and by which clause. */
function Standing({ id }: { id: string }) {
  const { t } = useTranslation('buyer');
  const query = useQuery(standingQuery(id));
  const standing = query.data;
  if (query.error) return <ProblemNote thrown={query.error} />;
  if (!standing) return null;
  const lines = [
    { name: 'mail', why: standing.left_out, clause: standing.clause },
    { name: 'suggest', why: standing.suggests_left_out ?? (standing.suggestion_clause ? undefined : 'no_clause'), clause: standing.suggestion_clause },
  ] as const;
  return (
    <section className="panel" aria-label={t('standing.title')}>
      <h2>{t('standing.title')}</h2>
      <ul className="stack">
        {lines.map(({ name, why, clause }) => (
          <li key={name} className="row standing">
            <Chip tone={why ? 'amber' : 'green'}>{t(why ? 'standing.no' : 'standing.yes')}</Chip>
            <span className="grow">
              {t(`standing.${name}`)}
              {why && <span className="muted"> {t(`care:why.${why}`)}</span>}
            </span>
            {clause && <span className="muted">{clause}</span>}
          </li>
        ))}
      </ul>
    </section>
  );
}
