import { CopyOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { buyerQuery, casesOfBuyerQuery, orderQuery, type CaseDto } from '../../../api/queries';
import { money, moment } from '../../../lib/format';
import { Chip } from '../../../ui/Chip';
import { usePeople } from '../../names';
import { severityTone, statusTone } from '../tones';
import { Others } from './Others';
import { useCaseSearch } from './search';

/** Which case this is and how it stands, in two lines. */
export function CaseHeader({ data }: { data: CaseDto }) {
  const { t } = useTranslation('case');
  const { nameOf } = usePeople();
  const setSearch = useCaseSearch();
  const order = useQuery({ ...orderQuery(data.order ?? ''), enabled: Boolean(data.order) }).data;
  const asked = data.claim.lines.map(({ line }) => order?.lines.find(({ id }) => id === line)?.title);
  const goods = asked.filter(Boolean).join(t('common:list.and'));
  const buyer = useQuery({ ...buyerQuery(data.buyer ?? ''), enabled: Boolean(data.buyer) }).data?.nickname;
  const known = useQuery({ ...casesOfBuyerQuery(data.buyer ?? ''), enabled: Boolean(data.buyer) }).data?.cases;
  const others = known?.filter(({ id }) => id !== data.id).length ?? 0;
  const may = (action: string) => data.next.includes(action);
  return (
    <header className="case-head">
      <div className="row">
        <h1>#{data.number}</h1>
        <b>{t(`common:kind.${data.kind}`)}</b>
        <span className="grow ellipsis" title={goods}>
          {[data.reason.title, goods].filter(Boolean).join(' · ')}
        </span>
        <Chip tone={statusTone(data.status)}>{t(`common:status.${data.status}`)}</Chip>
        {data.claim.amount.minor > 0 && <b className="case-amount">{money(data.claim.amount)}</b>}
      </div>
      <div className="row case-head-2">
        <Others caseId={data.id} />
        {buyer && <b>{buyer}</b>}
        {others > 0 && <Chip tone="violet">{t('other_cases', { count: others })}</Chip>}
        <span className="muted">
          {t('opened', { at: moment(data.opened_at), channel: t(`channel.${data.channel ?? 'page'}`) })}
        </span>
        {data.severity !== 'low' && <Chip tone={severityTone[data.severity]}>{t(`common:severity.${data.severity}`)}</Chip>}
        {data.escalated_to && <Chip tone="amber">{t('escalated_to', { role: t(`common:role.${data.escalated_to}`) })}</Chip>}
        {data.reply_due && <Chip tone="amber">{t('reply_due')}</Chip>}
        {data.repeats && <Chip tone="violet">{t('repeats')}</Chip>}
        {data.tags.map((tag) => (
          <Chip key={tag}>{tag}</Chip>
        ))}
        <span className="grow" />
        <Button size="small" type="text" icon={<CopyOutlined />} title={t('copy_link')} aria-label={t('copy_link')} onClick={() => void navigator.clipboard.writeText(window.location.href)} />
        {may('tag') && (
          <Button size="small" type="text" onClick={() => setSearch({ do: 'tag' })}>
            {t('tag')}
          </Button>
        )}
        <Button size="small" disabled={!may('assign')} onClick={() => setSearch({ do: 'assign' })} title="a">
          {nameOf(data.assignee) ?? t('assign')}
        </Button>
      </div>
    </header>
  );
}
