import type { ReactNode } from 'react';
import { store, type Store } from '../../../../lib/store';

interface Props {
  name: string;
  title: string;
  aside?: ReactNode;
  children: ReactNode;
}

// Whether a section is folded is remembered: whoever never looks at an order's lines folds them once.
const folded = new Map<string, Store<boolean>>();
function foldOf(name: string) {
  const known = folded.get(name) ?? store(false, `amends.folded.${name}`);
  folded.set(name, known);
  return known;
}

export function Section({ name, title, aside, children }: Props) {
  const fold = foldOf(name);
  const isFolded = fold.use();
  return (
    <section className="section" aria-label={title}>
      <header className="row">
        <button type="button" className="section-title grow" aria-expanded={!isFolded} onClick={() => fold.set(!isFolded)}>
          <i aria-hidden="true">{isFolded ? '▸' : '▾'}</i> {title}
        </button>
        {aside}
      </header>
      {!isFolded && <div className="section-body">{children}</div>}
    </section>
  );
}
