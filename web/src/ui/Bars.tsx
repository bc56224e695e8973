import type { ReactNode } from 'react';
import type { Tone } from './Chip';
import './bars.css';

export interface Bar {
  key: string;
  label: ReactNode;
  /** Its parts from the left; together they are its length. */
  parts: { value: number; tone: Tone; name?: string }[];
  /** What it says in words; the picture repeats it. */
  said: ReactNode;
}

/** Shares as bars on one scale, with a goal across all of them where there is one. */
export function Bars({ bars, label, goal, goalLabel }: { bars: Bar[]; label: string; goal?: number | undefined; goalLabel?: string }) {
  const sums = bars.map(({ parts }) => parts.reduce((sum, { value }) => sum + value, 0));
  const most = Math.max(1, goal ?? 0, ...sums);
  return (
    <ul className="bars" aria-label={label}>
      {bars.map((bar) => (
        <li key={bar.key}>
          <span className="bars-label">{bar.label}</span>
          <span className="bars-track" aria-hidden="true">
            {bar.parts.map(({ value, tone, name }) => value > 0 && <i key={tone} data-tone={tone} title={name} style={{ width: `${(100 * value) / most}%` }} />)}
            {goal !== undefined && <u style={{ left: `${(100 * goal) / most}%` }} />}
          </span>
          <span className="bars-said">{bar.said}</span>
        </li>
      ))}
      {goalLabel && <li className="muted bars-goal">{goalLabel}</li>}
    </ul>
  );
}
