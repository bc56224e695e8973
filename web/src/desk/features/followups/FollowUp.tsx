import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Button, Checkbox } from 'antd';
import { useRef, useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { caseCommand, newKey } from '../../../api/commands';
import { isDeclined } from '../../../api/problem';
import { buyerQuery, caseQuery, policyQuery, type CaseSummary } from '../../../api/queries';
import { useDraft } from '../../../lib/draft';
import { serverClock } from '../../../lib/clock';
import { forForm, inShopTime, moment, money } from '../../../lib/format';
import { keyOf } from '../../../lib/hotkeys';
import { ProblemNote } from '../../../ui/ProblemNote';
import { goodsOf } from '../queue/columns';
import { useReasons } from '../../names';
import { STUDY_TAG } from '../../study';
import { Asks, Scores, SCORES, Words } from './Craft';

/** So few points, and there is something to learn from it. */
const UNHAPPY_MOST = 2;
/** How a call goes, from its first sentence to its last. */
const ASKS = ['open', 'listen', 'satisfied', 'use', 'more', 'withdraw', 'thank'] as const;

/** One buyer asked: what it was about, what to ask, what was answered. */
export function FollowUp({ row, onDone }: { row: CaseSummary; onDone: () => void }) {
  const { t } = useTranslation('followups');
  const client = useQueryClient();
  const { titles } = useReasons();
  const data = useQuery(caseQuery(row.id)).data;
  const buyer = useQuery({ ...buyerQuery(data?.buyer ?? ''), enabled: Boolean(data?.buyer) }).data;
  const suggestion = useQuery(policyQuery()).data?.clauses.find((clause) => clause.suggestion);
  const [score, setScore] = useState<number>();
  const [text, setText] = useDraft(`follow_up.${row.id}`);
  const [later, setLater] = useState(false);
  const [study, setStudy] = useState(false);
  const key = useRef(newKey());
  const command = useMutation({
    mutationFn: async () => {
      // First the mark: should it fail, the answer is still to be sent.
      if (study) await caseCommand(row.id, 'tag', { add: [STUDY_TAG] }, { key: `${key.current} study` });
      return caseCommand(row.id, 'follow-up', { ...(score ? { score } : {}), ...(text.trim() ? { text: text.trim() } : {}) }, { key: key.current });
    },
    onSuccess: () => {
      setText('');
      onDone();
      void client.invalidateQueries({ queryKey: ['cases'] });
      void client.invalidateQueries({ queryKey: ['case', row.id] });
    },
    onError: (thrown) => {
      if (isDeclined(thrown)) key.current = newKey();
    },
  });
  const may = data?.next.includes('follow_up') ?? false;
  function submit(event: FormEvent) {
    event.preventDefault();
    if (may && (score || text.trim())) command.mutate();
  }
  const facts = [
    ['kind', `${t(`common:kind.${row.kind}`)} · ${titles.get(row.reason) ?? row.reason}`],
    ['goods', goodsOf(row)],
    ['outcome', data?.agreed?.title ?? (data?.tracks.request && 'outcome' in data.tracks.request ? t(`case:outcome.${data.tracks.request.outcome}`) : '')],
    ['amount', row.amount.minor > 0 ? money(row.amount) : ''],
    ['buyer', [buyer?.nickname, buyer?.name].filter(Boolean).join(' · ')],
    ['phone', buyer?.phone ?? ''],
  ].filter(([, value]) => value) as [string, string][];
  return (
    <form className="page-body followup" onSubmit={submit} aria-label={t('one', { number: row.number })}>
      <header className="row">
        <h2 className="grow">{t('one', { number: row.number })}</h2>
        <Link to="/cases/$caseId" params={{ caseId: row.id }}>
          {t('to_case')}
        </Link>
      </header>
      <dl className="pairs">
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{t(`fact.${name}`)}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <Asks names={ASKS.filter((name) => name !== 'withdraw' || data?.tracks.dispute)} />
      <Scores score={score} onScore={setScore} />
      <Words text={text} onText={setText} />
      {suggestion && score !== undefined && score >= (suggestion.suggestion as { score_min: number }).score_min && <p className="hint">{t('suggest', { clause: suggestion.id })}</p>}
      {score !== undefined && score <= 3 && <p className="said-care">{t('care')}</p>}
      <Checkbox checked={study} onChange={(event) => setStudy(event.target.checked)}>{t('study')}</Checkbox>
      {score !== undefined && (score <= UNHAPPY_MOST || score === SCORES.length) && !study && <p className="hint">{t(score === SCORES.length ? 'study_good' : 'study_bad')}</p>}
      {command.error && <ProblemNote thrown={command.error} />}
      {data && !may && <p className="muted">{t('not_yours')}</p>}
      <div className="row">
        <Button type="primary" htmlType="submit" loading={command.isPending} disabled={!may || (!score && !text.trim())}>
          {t('submit')}
        </Button>
        <Button onClick={onDone}>{t('skip')}</Button>
        <Button aria-expanded={later} disabled={!data?.next.includes('make_promise')} onClick={() => setLater(!later)}>{t('later.button')}</Button>
        <span className="hint">{t('keys', { next: keyOf('j'), previous: keyOf('k') })}</span>
      </div>
      {later && <Later caseId={row.id} onDone={onDone} />}
    </form>
  );
}

const HOUR_MS = 3_600_000;

/** The buyer can't talk now: a time is agreed, and kept like any promise. */
function Later({ caseId, onDone }: { caseId: string; onDone: () => void }) {
  const { t } = useTranslation('followups');
  const client = useQueryClient();
  const [at, setAt] = useState(() => forForm(serverClock.now() + HOUR_MS));
  const key = useRef(newKey());
  const promise = useMutation({
    mutationFn: () => {
      const due_at = inShopTime(at);
      return caseCommand(caseId, 'make-promise', { text: t('later.words', { at: moment(due_at) }), due_at }, { key: key.current });
    },
    onSuccess: () => {
      onDone();
      void client.invalidateQueries({ queryKey: ['cases'] });
      void client.invalidateQueries({ queryKey: ['case', caseId] });
    },
    onError: (thrown) => {
      if (isDeclined(thrown)) key.current = newKey();
    },
  });
  return (
    <div className="later" role="group" aria-label={t('later.button')}>
      <label className="row">
        {t('later.at')}
        <input type="datetime-local" required value={at} onChange={(event) => setAt(event.target.value)} />
      </label>
      <Button loading={promise.isPending} disabled={!at} onClick={() => promise.mutate()}>{t('later.submit')}</Button>
      <span className="hint">{t('later.hint')}</span>
      {promise.error && <ProblemNote thrown={promise.error} />}
    </div>
  );
}
