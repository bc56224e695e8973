import { CheckOutlined, CloseOutlined, QuestionOutlined } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import type { Schema } from '../../../../api/client';
import { actualValue, comparison } from '../../../../lib/condition';
import { useReasons } from '../../../names';

const ICONS = { met: <CheckOutlined />, not_met: <CloseOutlined />, unknown: <QuestionOutlined /> };

/** Each condition with the value that was seen: a clause is never shown as a reason without them. */
export function Findings({ findings }: { findings: Schema['FindingDto'][] | undefined }) {
  const { t } = useTranslation('case');
  const { titles } = useReasons();
  if (!findings?.length) return <p className="muted">{t('no_conditions')}</p>;
  return (
    <ul className="findings">
      {findings.map((finding) => {
        return (
          <li key={finding.condition} data-verdict={finding.verdict}>
            <i aria-hidden="true">{ICONS[finding.verdict]}</i>
            <span className="grow">{comparison(finding.condition, titles)}</span>
            <span className="findings-actual">
              {finding.actual == null ? t('verdict.unknown_supply') : t('actual', { value: actualValue(finding.condition, finding.actual, titles) })}
              <span className="visually-hidden"> {t(`verdict.${finding.verdict}`)}</span>
            </span>
          </li>
        );
      })}
    </ul>
  );
}
