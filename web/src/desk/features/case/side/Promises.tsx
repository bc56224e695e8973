import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import type { CaseDto } from '../../../../api/queries';
import { moment } from '../../../../lib/format';
import { Chip } from '../../../../ui/Chip';
import { Countdown } from '../../../../ui/Countdown';
import { useCaseSearch } from '../search';
import { Section } from './Section';

const TONES = { open: 'blue', kept: 'green', broken: 'red', kept_late: 'amber' } as const;

/** What was promised to the buyer, and what became of it. */
export function Promises({ data }: { data: CaseDto }) {
  const { t } = useTranslation('case');
  const setSearch = useCaseSearch();
  if (data.promises.length === 0) return null;
  return (
    <Section name="promises" title={t('section.promises')}>
      <ul className="plain-list">
        {data.promises.map((promise) => (
          <li key={promise.promise}>
            <div className="row">
              <Chip tone={TONES[promise.state]}>{t(`promise_state.${promise.state}`)}</Chip>
              <span className="grow muted">{t('promise_due', { at: moment(promise.due_at) })}</span>
              {promise.state === 'open' && <Countdown dueAt={promise.due_at} />}
            </div>
            <p>{promise.text ?? t('erased')}</p>
            {promise.state === 'open' && (
              <div className="row">
                {(['keep_promise', 'move_promise'] as const).filter((name) => data.next.includes(name)).map((name) => (
                  <Button key={name} size="small" onClick={() => setSearch({ do: name })}>
                    {t(`actions:action.${name}.button`)}
                  </Button>
                ))}
              </div>
            )}
          </li>
        ))}
      </ul>
    </Section>
  );
}
