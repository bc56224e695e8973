import { useTranslation } from 'react-i18next';
import type { Case } from '../buyer';
import { go, toCase } from '../route';
import { ActionForm } from './ActionForm';
import { actionsOf } from './specs';

interface Props {
  data: Case;
  /** The one whose form is open, as the address says. */
  opened: string | undefined;
  /** What the buyer has shown: his statement rests on it. */
  shown: string[];
  reload: () => Promise<void>;
}

/** What the buyer can do now: what moves the case on stands open, the rest waits to be asked for. */
export function Actions({ data, opened, shown, reload }: Props) {
  const { t } = useTranslation('portal_case');
  const isShipped = data.tracks.goods?.state === 'on_the_way';
  const { onward, beside } = actionsOf(data.next, isShipped, data.entitlement === 'unknown');
  return (
    <>
      {onward.map((name) => (
        <section key={name} className="card onward">
          <h2>{t(`action.${name}.title`)}</h2>
          {name === 'ship_return' && data.return_address && (
            <address>
              <small className="muted">{t('address')}</small>
              {data.return_address}
              <small className="muted">{t(`freight.${data.return_freight}`)}</small>
            </address>
          )}
          <ActionForm data={data} action={name} reload={reload} {...(name === 'submit_statement' ? { fixed: { evidence: shown } } : {})} />
        </section>
      ))}
      {beside.length > 0 && (
        <section className="card beside">
          <h2>{t('beside')}</h2>
          {beside.map((name) => (
            <div key={name} className="beside-one">
              <a className="row" href={opened === name ? toCase(data.id) : toCase(data.id, name)} aria-expanded={opened === name}>
                <span className="grow">{t(`action.${name}.title`)}</span>
                <span aria-hidden="true" className="arrow" />
              </a>
              {opened === name && <ActionForm data={data} action={name} reload={reload} onDone={() => go(toCase(data.id), true)} />}
            </div>
          ))}
        </section>
      )}
    </>
  );
}
