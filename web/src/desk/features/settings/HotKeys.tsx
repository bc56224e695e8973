import { KeyTable } from '../../shell/Help';

export function HotKeys() {
  return (
    <section className="panel">
      <KeyTable />
    </section>
  );
}
