import { useTranslation } from 'react-i18next';
import { chord, keyOf, keymap } from '../../lib/hotkeys';
import { Dialog } from '../../ui/Dialog';

const GROUPS: Record<string, [string, string][]> = {
  everywhere: [
    ['/', 'search'],
    [chord('K'), 'commands'],
    ['?', 'help'],
    ['g q', 'go_queue'],
    ['g m', 'go_mine'],
    ['g o', 'go_overdue'],
    ['g u', 'go_unassigned'],
    ['g b', 'go_board'],
    ['g f', 'go_followups'],
    ['g c', 'go_care'],
    ['g p', 'go_policy'],
    ['g e', 'go_mails'],
    ['g r', 'go_reviews'],
    ['g s', 'go_settings'],
  ],
  queue: [
    ['j / k', 'move'],
    ['x', 'select'],
    ['Shift x', 'select_range'],
    ['Enter', 'open'],
    ['a', 'assign'],
    ['t', 'tag'],
    ['u', 'update'],
    ['Esc', 'clear'],
  ],
  case: [
    ['[ / ]', 'neighbours'],
    ['r', 'reply'],
    ['n', 'note'],
    [';', 'scripts'],
    [chord('↵'), 'send'],
    ['1 – 3', 'stage'],
    ['a', 'assign'],
    ['e', 'evidence'],
    ['Esc', 'back'],
  ],
};

/** A row's keys as they were changed; what `g` leads to is fixed. */
const shown = (keys: string) => (keys.startsWith('g ') ? keys : keys.split(' ').map(keyOf).join(' '));

/** All keys, as the help and the settings show them. */
export function KeyTable() {
  const { t } = useTranslation();
  keymap.use();
  return (
    <>
      <p className="muted">{t('help.hint')}</p>
      <div className="help">
        {Object.entries(GROUPS).map(([group, keys]) => (
          <section key={group}>
            <h3>{t(`help.group.${group}`)}</h3>
            <dl>
              {keys.map(([key, does]) => (
                <div key={key} className="row">
                  <dt>
                    <kbd>{shown(key)}</kbd>
                  </dt>
                  <dd>{t(`help.key.${does}`)}</dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </>
  );
}

export default function Help({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <Dialog title={t('help.title')} width={760} onClose={onClose}>
      <KeyTable />
    </Dialog>
  );
}
