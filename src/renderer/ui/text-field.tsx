import { useId, type ComponentProps } from 'react';
import './field.css';

interface TextFieldProps extends Pick<ComponentProps<'input'>, 'inputMode' | 'maxLength' | 'autoFocus' | 'spellCheck'> {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  /** Offered while typing. */
  readonly suggestions?: readonly string[];
  readonly hint?: string;
  /** What is wrong with the value, as a sentence. */
  readonly problem?: string | null;
  readonly mono?: boolean;
  /** As wide as a few figures. */
  readonly narrow?: boolean;
  /** SECURITY: shown as dots, and offered to no password manager. */
  readonly hidesWords?: boolean;
}

/** A line of text with its name before it, and under it what it takes or what is wrong with it. */
export function TextField({
  label,
  value,
  onChange,
  suggestions,
  hint,
  problem = null,
  mono,
  narrow,
  hidesWords = false,
  ...rest
}: TextFieldProps) {
  const id = useId();
  const note = problem ?? hint;
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        type={hidesWords ? 'password' : 'text'}
        autoComplete={hidesWords ? 'off' : undefined}
        className={`field-control ${mono === true ? 'field-mono' : ''} ${narrow === true ? 'field-narrow' : ''}`}
        value={value}
        list={suggestions ? `${id}-list` : undefined}
        aria-invalid={problem !== null}
        aria-describedby={note === undefined ? undefined : `${id}-note`}
        onChange={event => onChange(event.target.value)}
        {...rest}
      />
      {suggestions && (
        <datalist id={`${id}-list`}>
          {suggestions.map(suggestion => (
            <option key={suggestion}>{suggestion}</option>
          ))}
        </datalist>
      )}
      {note !== undefined && (
        <p id={`${id}-note`} className={`field-note ${problem === null ? '' : 'field-problem'}`} aria-live="polite">
          {note}
        </p>
      )}
    </div>
  );
}
