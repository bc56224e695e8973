import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { meQuery } from '../../../api/queries';
import { Chip } from '../../../ui/Chip';
import { useOthers, useSayPresence } from '../../presence';

/** Who else is on this case, so that no two answer over each other. */
export function Others({ caseId }: { caseId: string }) {
  const { t } = useTranslation('case');
  const me = useQuery(meQuery).data?.person;
  const others = useOthers(caseId, me);
  useSayPresence(caseId);
  return (
    <span role="status" className="others">
      {others.map(({ id, name, state }) => (
        <Chip key={id} tone={state === 'typing' ? 'amber' : 'blue'}>
          {t(`presence.${state}`, { name })}
        </Chip>
      ))}
    </span>
  );
}
