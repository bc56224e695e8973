import type { ChangeEvent } from 'react';

interface Props {
  label: string;
  checked: boolean;
  /** Some of what it stands for is chosen. */
  partly?: boolean;
  tabIndex?: number;
  onChange: (event: ChangeEvent<HTMLInputElement>) => void;
}

/** The browser's own box: a grid draws dozens of them at every jump, and antd's costs tenfold. */
export function Check({ label, checked, partly = false, tabIndex, onChange }: Props) {
  return (
    <input
      type="checkbox"
      className="check"
      aria-label={label}
      tabIndex={tabIndex}
      checked={checked}
      ref={(element) => {
        if (element) element.indeterminate = partly;
      }}
      onChange={onChange}
    />
  );
}
