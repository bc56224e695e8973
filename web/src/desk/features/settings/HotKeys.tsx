import { Button } from 'antd';
import { useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { keyOf, keymap } from '../../../lib/hotkeys';
import { KeyTable } from '../../shell/Help';

// The keys of the hand's daily way; what leads elsewhere (`g`) and the digits of remedies stay.
const CHANGEABLE = ['j', 'k', 'x', 'a', 't', 'u', '[', ']', 'r', 'n', 'e'] as const;
type Usual = (typeof CHANGEABLE)[number];
const POSSIBLE = /^[a-fh-z[\],.=-]$/;

/** Every key, and the changeable ones to be pressed anew; kept in this browser. */
export function HotKeys() {
  const { t } = useTranslation('settings');
  const own = keymap.use();
  const [asked, setAsked] = useState<Usual>();
  const [fault, setFault] = useState('');
  const begin = (usual: Usual) => {
    setAsked(usual);
    setFault('');
  };
  function pressed(event: KeyboardEvent, usual: Usual) {
    if (asked !== usual || event.nativeEvent.isComposing || event.key === 'Tab') return;
    event.preventDefault();
    event.stopPropagation();
    const key = event.key.toLowerCase();
    const holder = CHANGEABLE.find((other) => other !== usual && keyOf(other) === key);
    if (key === 'escape') setAsked(undefined);
    else if (!POSSIBLE.test(key)) setFault(t('keys.not_possible', { key: event.key }));
    else if (holder) setFault(t('keys.taken', { key, does: t(`keys.does.${holder}`) }));
    else {
      const { [usual]: _, ...others } = own;
      keymap.set(key === usual ? others : { ...others, [usual]: key });
      setAsked(undefined);
      setFault('');
    }
  }
  return (
    <div className="stack">
      <section className="panel" aria-label={t('keys.change')}>
        <header className="row">
          <h2 className="grow">{t('keys.change')}</h2>
          <Button size="small" disabled={Object.keys(own).length === 0} onClick={() => keymap.set({})}>
            {t('keys.usual')}
          </Button>
        </header>
        <p className="muted">{t('keys.hint')}</p>
        <ul className="keys">
          {CHANGEABLE.map((usual) => (
            <li key={usual} className="row">
              <span className="grow">{t(`keys.does.${usual}`)}</span>
              <Button
                size="small"
                type={asked === usual ? 'primary' : 'default'}
                aria-label={t('keys.change_one', { does: t(`keys.does.${usual}`), key: keyOf(usual) })}
                onClick={() => begin(usual)}
                onBlur={() => setAsked((before) => (before === usual ? undefined : before))}
                onKeyDown={(event) => pressed(event, usual)}
              >
                {asked === usual ? t('keys.press') : keyOf(usual)}
              </Button>
            </li>
          ))}
        </ul>
        <p className="said-care" role="status" hidden={!fault}>
          {fault}
        </p>
      </section>
      <section className="panel">
        <KeyTable />
      </section>
    </div>
  );
}
