import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Outlet, useNavigate } from '@tanstack/react-router';
import { Suspense, lazy, useEffect, useState } from 'react';
import { meQuery, peopleQuery, shopQuery } from '../../api/queries';
import { setTimeZone } from '../../lib/format';
import { useChords, useHotkeys } from '../../lib/hotkeys';
import { moreTexts } from '../../lib/i18n';
import { followShop } from '../live';
import { Rail } from './Rail';
import { TopBar } from './TopBar';
import './shell.css';

// Fetched when first asked for: nobody waits for them to see the queue.
const Commands = lazy(() => import('./Commands'));
const Help = lazy(() => import('./Help'));

/** What surrounds every screen: rail, top bar, commands, help, and the live connection. */
export function Shell() {
  const client = useQueryClient();
  const navigate = useNavigate();
  const shop = useQuery(shopQuery).data;
  useQuery(peopleQuery);
  const [commands, setCommands] = useState(false);
  const [help, setHelp] = useState(false);
  const role = useQuery(meQuery).data?.role;
  useEffect(() => (role ? followShop(client, role) : undefined), [client, role]);
  // Fetched while nobody waits, so that the first `/` takes every key that follows it.
  useEffect(() => {
    const timer = setTimeout(() => void Promise.all([import('./Commands'), moreTexts()]).catch(() => undefined), 1_500);
    return () => clearTimeout(timer);
  }, []);
  if (shop) setTimeZone(shop.time_zone);

  useChords({ '$mod+KeyK': () => setCommands(true) });
  useHotkeys({
    '/': () => setCommands(true),
    // Some keyboards have it without Shift.
    '?': () => setHelp(true),
    'Shift+?': () => setHelp(true),
    'g q': () => void navigate({ to: '/queue' }),
    'g m': () => void navigate({ to: '/queue', search: { view: 'mine' } }),
    'g o': () => void navigate({ to: '/queue', search: { view: 'overdue' } }),
    'g u': () => void navigate({ to: '/queue', search: { view: 'unassigned' } }),
    'g b': () => void navigate({ to: '/board' }),
    'g f': () => void navigate({ to: '/follow-ups' }),
    'g p': () => void navigate({ to: '/policy' }),
    'g e': () => void navigate({ to: '/mails' }),
    'g r': () => void navigate({ to: '/reviews' }),
    'g s': () => void navigate({ to: '/settings' }),
  });

  return (
    <div className="shell">
      <TopBar onSearch={() => setCommands(true)} onHelp={() => setHelp(true)} />
      <Rail />
      <main className="shell-main">
        {/* Times are written in the shop's zone, so nothing is shown before it is known. */}
        {shop && <Outlet />}
      </main>
      <Suspense>
        {commands && <Commands onClose={() => setCommands(false)} onHelp={() => setHelp(true)} />}
        {help && <Help onClose={() => setHelp(false)} />}
      </Suspense>
    </div>
  );
}
