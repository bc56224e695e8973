// The buyer's side: so far it reads the link, and shows his order and its cases. Applying, following and
// rating come with their feature.
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, body, type Schema } from '../api/client';
import { asProblem, type Problem } from '../api/problem';
import { money, moment } from '../lib/format';
import './portal.css';

interface Seen {
  order: Schema['BuyerOrder'];
  cases: Schema['CaseSummary'][];
}

// The link stands behind the `#`, so that no server on the way and no log sees it.
const link = () => new URLSearchParams(window.location.hash.slice(1)).get('link') ?? '';

async function read(token: string): Promise<Seen> {
  const headers = { Authorization: `AmendsLink ${token}` };
  const [order, page] = await Promise.all([
    body(api.GET('/api/v1/buyer/order', { headers })),
    body(api.GET('/api/v1/buyer/cases', { headers })),
  ]);
  return { order, cases: page.cases };
}

export function Portal() {
  const { t } = useTranslation();
  const [seen, setSeen] = useState<Seen>();
  const [problem, setProblem] = useState<Problem>();
  const token = link();
  useEffect(() => {
    if (token) read(token).then(setSeen, (thrown: unknown) => setProblem(asProblem(thrown)));
  }, [token]);

  return (
    <main className="portal">
      <h1>{t('title')}</h1>
      {!token && <p>{t('no_link')}</p>}
      {problem && (
        <div className="problem" role="alert">
          <div>
            <b>{problem.title}</b>
            <p>{problem.detail}</p>
          </div>
        </div>
      )}
      {seen && (
        <>
          <section className="portal-card">
            <h2>{t('order', { number: seen.order.number })}</h2>
            <ul>
              {seen.order.lines.map((line) => (
                <li key={line.id} className="row">
                  <span className="grow">{line.title}</span>
                  <span>{money(line.paid)}</span>
                </li>
              ))}
            </ul>
          </section>
          <section className="portal-card">
            <h2>{t('cases')}</h2>
            {seen.cases.length === 0 && <p className="muted">{t('no_cases')}</p>}
            <ul>
              {seen.cases.map((one) => (
                <li key={one.id} className="row">
                  <span className="grow">
                    {t(`kind.${one.kind}`)}
                    <small className="muted"> {moment(one.opened_at)}</small>
                  </span>
                  <span>{t(`status.${one.status}`)}</span>
                </li>
              ))}
            </ul>
          </section>
        </>
      )}
    </main>
  );
}
