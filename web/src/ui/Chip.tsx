import type { ReactNode } from 'react';

export type Tone = 'grey' | 'blue' | 'amber' | 'red' | 'green' | 'violet';

export function Chip({ tone = 'grey', children, title }: { tone?: Tone; children: ReactNode; title?: string }) {
  return (
    <span className="chip" data-tone={tone} title={title}>
      {children}
    </span>
  );
}
