// The buyer's side: the way in, his order, asking for something, following a case.
import { lazy, Suspense, useEffect, useRef, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { LANGUAGES, chooseLanguage, moreTexts, useLanguage, type Language } from '../lib/i18n';
import { EnterPage } from './EnterPage';
import { Fault } from './Fault';
import { OrderPage } from './OrderPage';
import { useRoute, type Route } from './route';
import { link, shopName } from './session';

const ApplyPage = lazy(() => Promise.all([import('./apply/ApplyPage'), moreTexts()]).then(([{ ApplyPage }]) => ({ default: ApplyPage })));
const OptOutPage = lazy(() => import('./OptOutPage').then(({ OptOutPage }) => ({ default: OptOutPage })));
const CasePage = lazy(() => Promise.all([import('./case/CasePage'), moreTexts()]).then(([{ CasePage }]) => ({ default: CasePage })));

function view(route: Route, token: string): ReactNode {
  if (route.view === 'opt-out') return <OptOutPage />;
  if (!token || route.view === 'enter') return <EnterPage />;
  if (route.view === 'order') return <OrderPage key={token} />;
  if (route.view === 'apply') return <ApplyPage key={token} />;
  if (route.view === 'case') return <CasePage key={route.id} id={route.id} action={route.action} />;
  return <Nowhere />;
}

function Nowhere() {
  const { t } = useTranslation();
  return (
    <section className="card">
      <h1>{t('nowhere.title')}</h1>
      <p>{t('nowhere.hint')}</p>
      <a className="button primary" href="#/">{t('act.to_order')}</a>
    </section>
  );
}

export function Portal() {
  const { t } = useTranslation();
  const route = useRoute();
  const token = link.use();
  const shop = shopName.use();
  const tag = useLanguage();
  const place = route.view === 'case' ? `case ${route.id}` : route.view;
  const main = useRef<HTMLElement>(null);
  const seen = useRef(place);
  // A view that was gone to begins at its top, for eyes and for readers aloud.
  useEffect(() => {
    if (seen.current === place) return;
    seen.current = place;
    window.scrollTo(0, 0);
    main.current?.focus({ preventScroll: true });
  }, [place]);
  useEffect(() => {
    document.title = [shop, t('title')].filter(Boolean).join(' · ');
  }, [t, tag, shop]);
  const leave = () => {
    link.set('');
    shopName.set('');
  };
  return (
    <div className="portal">
      <header className="top">
        {token && place !== 'order' ? <a href="#/">{t('act.back_to_order')}</a> : <b>{shop || t('title')}</b>}
        <select aria-label={t('language')} value={tag} onChange={(event) => void chooseLanguage(event.target.value as Language)}>
          {LANGUAGES.map((one) => <option key={one} value={one} lang={one}>{t(`languages.${one}`)}</option>)}
        </select>
      </header>
      <main tabIndex={-1} ref={main}>
        <Fault key={place}>
          <Suspense fallback={<p className="waiting" role="status">{t('loading')}</p>}>{view(route, token)}</Suspense>
        </Fault>
      </main>
      <footer>
        <p>{t('foot')}</p>
        {token && <button type="button" className="quiet" onClick={leave}>{t('act.leave')}</button>}
      </footer>
    </div>
  );
}
