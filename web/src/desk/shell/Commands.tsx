import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Input } from 'antd';
import { useDeferredValue, useState, type KeyboardEvent, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { searchQuery } from '../../api/queries';
import { LANGUAGES, chooseLanguage } from '../../lib/i18n';
import { money } from '../../lib/format';
import { themeChoice } from '../../lib/prefs';
import { Dialog } from '../../ui/Dialog';
import { ProblemNote } from '../../ui/ProblemNote';
import { VIEWS } from '../features/queue/views';
import { PLACES } from './Rail';

interface Choice {
  key: string;
  group: string;
  label: ReactNode;
  words: string;
  run: () => void;
}

/** Everything by typing: cases, orders, places, settings. */
export default function Commands({ onClose, onHelp }: { onClose: () => void; onHelp: () => void }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [text, setText] = useState('');
  const [at, setAt] = useState(0);
  const wanted = useDeferredValue(text.trim());
  const found = useQuery(searchQuery(wanted));

  const commands: Choice[] = [
    ...VIEWS.map((view) => ({
      key: `view-${view}`,
      group: t('commands.views'),
      label: t(`view.${view}`),
      words: `${t(`view.${view}`)} ${view}`,
      run: () => void navigate({ to: '/queue', search: { view } }),
    })),
    ...PLACES.map(({ to, name }) => ({
      key: `place-${name}`,
      group: t('commands.places'),
      label: t(`rail.${name}`),
      words: `${t(`rail.${name}`)} ${name}`,
      run: () => void navigate({ to }),
    })),
    ...(['light', 'dark', 'system'] as const).map((theme) => ({
      key: `theme-${theme}`,
      group: t('commands.settings'),
      label: t('commands.theme', { theme: t(`theme.${theme}`) }),
      words: `${t(`theme.${theme}`)} theme ${theme}`,
      run: () => themeChoice.set(theme),
    })),
    ...LANGUAGES.map((tag) => ({
      key: `language-${tag}`,
      group: t('commands.settings'),
      label: t('commands.language', { language: t(`language.${tag}`) }),
      words: `${t(`language.${tag}`)} language ${tag}`,
      run: () => void chooseLanguage(tag),
    })),
    { key: 'help', group: t('commands.settings'), label: t('help.title'), words: `${t('help.title')} help ?`, run: onHelp },
  ];
  const matching = commands.filter(({ words }) => words.toLowerCase().includes(text.trim().toLowerCase()));
  const cases: Choice[] = (found.data?.cases ?? []).map((hit) => ({
    key: hit.case.id,
    group: t('commands.cases'),
    label: (
      <span className="row">
        <b>#{hit.case.number}</b>
        <span>{t(`kind.${hit.case.kind}`)}</span>
        <span className="muted">{t(`status.${hit.case.status}`)}</span>
        {hit.excerpt && <span className="muted ellipsis grow">{hit.excerpt}</span>}
        <span className="muted">{money(hit.case.amount)}</span>
      </span>
    ),
    words: '',
    run: () => void navigate({ to: '/cases/$caseId', params: { caseId: hit.case.id } }),
  }));
  const orders: Choice[] = (found.data?.orders ?? []).map((order) => ({
    key: order.id,
    group: t('commands.orders'),
    label: t('commands.order', { number: order.number }),
    words: '',
    run: () => void navigate({ to: '/orders/$orderId', params: { orderId: order.id } }),
  }));
  const choices = [...cases, ...orders, ...matching];
  const chosen = Math.min(at, choices.length - 1);

  function take(choice: Choice | undefined) {
    if (!choice) return;
    onClose();
    choice.run();
  }
  function keyed(event: KeyboardEvent) {
    if (event.nativeEvent.isComposing) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      event.preventDefault();
      setAt((chosen + step + choices.length) % Math.max(1, choices.length));
    } else if (event.key === 'Enter') {
      event.preventDefault();
      take(choices[chosen]);
    }
  }

  return (
    <Dialog title={t('commands.title')} width={620} onClose={onClose}>
      <Input
        autoFocus
        size="large"
        allowClear
        maxLength={100}
        value={text}
        placeholder={t('commands.placeholder')}
        role="combobox"
        aria-expanded="true"
        aria-controls="command-list"
        aria-activedescendant={choices[chosen] ? `command-${chosen}` : undefined}
        aria-label={t('commands.placeholder')}
        onChange={(event) => {
          setText(event.target.value);
          setAt(0);
        }}
        onKeyDown={keyed}
      />
      {found.error && <ProblemNote thrown={found.error} />}
      <div id="command-list" role="listbox" aria-label={t('commands.title')} className="commands">
        {choices.map((choice, index) => (
          <div key={choice.key}>
            {choices[index - 1]?.group !== choice.group && <div className="commands-group">{choice.group}</div>}
            <div
              id={`command-${index}`}
              role="option"
              tabIndex={-1}
              aria-selected={index === chosen}
              className="commands-choice"
              ref={index === chosen ? (element) => void element?.scrollIntoView({ block: 'nearest' }) : undefined}
              onClick={() => take(choice)}
              onKeyDown={undefined}
            >
              {choice.label}
            </div>
          </div>
        ))}
        {choices.length === 0 && <p className="muted commands-none">{t(found.isFetching ? 'commands.searching' : 'commands.none')}</p>}
      </div>
    </Dialog>
  );
}
