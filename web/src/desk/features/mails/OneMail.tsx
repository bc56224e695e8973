import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Button, Input, Select } from 'antd';
import { useDeferredValue, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { newKey } from '../../../api/commands';
import { isDeclined } from '../../../api/problem';
import { mailQuery, searchQuery } from '../../../api/queries';
import { mailAttach, mailDiscard, mailOpen } from '../../../api/shop';
import { bytes, momentFull } from '../../../lib/format';
import { ProblemNote } from '../../../ui/ProblemNote';

/** A mail, and what can become of it: into a case, a case of its own, or aside. */
export function OneMail({ id, onDone }: { id: string; onDone: () => void }) {
  const { t } = useTranslation('mails');
  const query = useQuery(mailQuery(id));
  const mail = query.data;
  if (query.error) return <div className="page-body"><ProblemNote thrown={query.error} onRetry={() => void query.refetch()} /></div>;
  if (!mail) return <div className="page-body" />;
  return (
    <article className="page-body mail">
      <h2>{mail.subject || t('no_subject')}</h2>
      <p className="muted">
        {mail.from ?? t('no_sender')} · {momentFull(mail.at)}
      </p>
      <p className="panel mail-text">{mail.text ?? <i className="muted">{t('erased')}</i>}</p>
      {mail.quoted_chars > 0 && <p className="hint">{t('quoted', { count: mail.quoted_chars })}</p>}
      {mail.over_chars > 0 && <p className="hint">{t('over', { count: mail.over_chars })}</p>}
      {mail.files.map((file) => (
        <p key={`${file.name} ${file.bytes}`} className="row">
          {file.name ?? file.declared} <span className="muted">{bytes(file.bytes)}</span>
          {file.left_out && <span className="muted">{t('left_out', { why: file.left_out })}</span>}
        </p>
      ))}
      {mail.state === 'parked' ? <Settle id={id} onDone={onDone} /> : <p className="said-ok">{mail.reason ? t('because', { state: t(`state.${mail.state}`), reason: mail.reason }) : t(`state.${mail.state}`)}</p>}
      {mail.case && (
        <Link to="/cases/$caseId" params={{ caseId: mail.case }}>
          {t('to_case')}
        </Link>
      )}
    </article>
  );
}

function Settle({ id, onDone }: { id: string; onDone: () => void }) {
  const { t } = useTranslation('mails');
  const client = useQueryClient();
  const [text, setText] = useState('');
  const [target, setTarget] = useState<string>();
  const [reason, setReason] = useState('');
  const key = useRef(newKey());
  const found = useQuery(searchQuery(useDeferredValue(text.trim()))).data;
  const options = [
    ...(found?.cases ?? []).map((hit) => ({ value: `case ${hit.case.id}`, label: t('case_option', { number: hit.case.number, kind: t(`common:kind.${hit.case.kind}`), goods: hit.case.title ?? '' }) })),
    ...(found?.orders ?? []).map((order) => ({ value: `order ${order.id}`, label: t('order_option', { number: order.number }) })),
  ];
  const settle = useMutation({
    mutationFn: (how: 'attach' | 'open' | 'discard') => {
      const chosen = target?.split(' ')[1];
      if (how === 'attach') return mailAttach(id, { case: chosen! }, key.current);
      if (how === 'discard') return mailDiscard(id, { reason: reason.trim() }, key.current);
      return mailOpen(id, target?.startsWith('order') ? { order: chosen! } : {}, key.current);
    },
    onSuccess: () => {
      onDone();
      void client.invalidateQueries({ queryKey: ['mails'] });
      void client.invalidateQueries({ queryKey: ['cases'] });
    },
    onError: (thrown) => {
      if (isDeclined(thrown)) key.current = newKey();
    },
  });
  return (
    <section className="panel stack" aria-label={t('settle')}>
      <h3>{t('settle')}</h3>
      <Select aria-label={t('find')} placeholder={t('find')} showSearch={{ filterOption: false, onSearch: setText }} allowClear value={target ?? null} options={options} onChange={(value: string | null) => setTarget(value ?? undefined)} notFoundContent={text ? t('nothing_found') : t('find_hint')} />
      <div className="row mail-acts">
        <Button type="primary" disabled={!target?.startsWith('case')} loading={settle.isPending} onClick={() => settle.mutate('attach')}>
          {t('attach')}
        </Button>
        <Button disabled={target?.startsWith('case') ?? false} loading={settle.isPending} onClick={() => settle.mutate('open')}>
          {t('open')}
        </Button>
      </div>
      <div className="row">
        <Input aria-label={t('reason')} placeholder={t('reason')} maxLength={500} value={reason} onChange={(event) => setReason(event.target.value)} />
        <Button danger disabled={!reason.trim()} loading={settle.isPending} onClick={() => settle.mutate('discard')}>
          {t('discard')}
        </Button>
      </div>
      {settle.error && <ProblemNote thrown={settle.error} />}
    </section>
  );
}
