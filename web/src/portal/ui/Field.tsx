import { Fragment, useId, type InputHTMLAttributes, type ReactNode, type TextareaHTMLAttributes } from 'react';

interface Common {
  label: string;
  hint?: string;
  onText: (text: string) => void;
}

/** The browser's own input with its label above and its hint below. */
export function Field({ label, hint, onText, ...input }: Common & Omit<InputHTMLAttributes<HTMLInputElement>, 'onChange'>) {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <input id={id} {...(hint ? { 'aria-describedby': `${id}h` } : {})} onChange={(event) => onText(event.target.value)} {...input} />
      {hint && <small id={`${id}h`} className="muted">{hint}</small>}
    </div>
  );
}

export function Words({ label, hint, onText, ...area }: Common & Omit<TextareaHTMLAttributes<HTMLTextAreaElement>, 'onChange'>) {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <textarea id={id} rows={3} {...(hint ? { 'aria-describedby': `${id}h` } : {})} onChange={(event) => onText(event.target.value)} {...area} />
      {hint && <small id={`${id}h`} className="muted">{hint}</small>}
    </div>
  );
}

interface ChoiceProps {
  name: string;
  label: string;
  options: { value: string; label: string; hint?: string; below?: ReactNode }[];
  value: string | undefined;
  onPick: (value: string) => void;
}

/** One of a few, as rows wide enough for a thumb. */
export function Choice({ name, label, options, value, onPick }: ChoiceProps) {
  return (
    <fieldset className="choice">
      <legend>{label}</legend>
      {options.map((option) => (
        <Fragment key={option.value}>
          <label>
            <input type="radio" name={name} value={option.value} checked={value === option.value} onChange={() => onPick(option.value)} />
            <span className="grow">
              {option.label}
              {option.hint && <small className="muted">{option.hint}</small>}
            </span>
          </label>
          {option.below}
        </Fragment>
      ))}
    </fieldset>
  );
}
