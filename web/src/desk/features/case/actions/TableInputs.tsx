import { Button, InputNumber, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import type { LineFinding, Share } from './values';

interface FindingsProps {
  value: LineFinding[];
  lineTitle: (line: string) => string;
  onChange: (value: LineFinding[]) => void;
}

const FOUND = ['accepted', 'rejected', 'missing'] as const;

/** What came back of each line: taken, not taken, not in the parcel. */
export function FindingsInput({ value, lineTitle, onChange }: FindingsProps) {
  const { t } = useTranslation('case');
  return (
    <table className="table-input">
      <thead>
        <tr>
          <th>{t('actions:field.line')}</th>
          {FOUND.map((name) => (
            <th key={name}>{t(`found.${name}`)}</th>
          ))}
        </tr>
      </thead>
      <tbody>
        {value.map((row, index) => (
          <tr key={row.line}>
            <td>{lineTitle(row.line)}</td>
            {FOUND.map((name) => (
              <td key={name}>
                <InputNumber
                  size="small"
                  min={0}
                  precision={0}
                  aria-label={`${lineTitle(row.line)} ${t(`found.${name}`)}`}
                  value={row[name]}
                  onChange={(count) => onChange(value.with(index, { ...row, [name]: count ?? 0 }))}
                />
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

const PARTIES = ['maker', 'shop', 'carrier', 'buyer', 'platform', 'force_majeure'];

interface SharesProps {
  value: Share[];
  word: (group: string, value: string) => string;
  onChange: (value: Share[]) => void;
}

/** Who is liable with which share; a hundred percent together, or nobody while nobody can tell. */
export function SharesInput({ value, word, onChange }: SharesProps) {
  const { t } = useTranslation('case');
  const left = 100 - value.reduce((sum, { percent }) => sum + (percent ?? 0), 0);
  const free = PARTIES.filter((party) => value.every((share) => share.party !== party));
  return (
    <div className="shares-input">
      {value.map((share, index) => (
        <div className="row" key={share.party ?? index}>
          <Select
            aria-label={t('actions:field.shares')}
            value={share.party}
            options={[share.party, ...free].filter((party) => party !== undefined).map((party) => ({ value: party, label: word('party', party) }))}
            onChange={(party: string) => onChange(value.with(index, { ...share, party }))}
          />
          <InputNumber aria-label={t('percent')} min={1} max={100} precision={0} suffix="%" value={share.percent ?? null} onChange={(percent) => onChange(value.with(index, { ...share, ...(percent === null ? {} : { percent }) }))} />
          <Button type="text" size="small" onClick={() => onChange(value.toSpliced(index, 1))}>
            {t('remove')}
          </Button>
        </div>
      ))}
      {left > 0 && free.length > 0 && (
        <Button size="small" onClick={() => onChange([...value, { party: free[0]!, percent: left }])}>
          {t('add_share', { percent: left })}
        </Button>
      )}
    </div>
  );
}
