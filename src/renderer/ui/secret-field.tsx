import { useId } from 'react';
import './field.css';

interface SecretFieldProps {
  readonly label: string;
  readonly value: string;
  readonly maxLength: number;
  readonly hint: string;
  readonly isDisabled: boolean;
  readonly onChange: (value: string) => void;
}

/** A line for a key or a password. SECURITY: shown as dots, offered to no password manager, and never filled in with what is saved. */
export function SecretField({ label, value, maxLength, hint, isDisabled, onChange }: SecretFieldProps) {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        className="field-control"
        type="password"
        autoComplete="off"
        maxLength={maxLength}
        value={value}
        disabled={isDisabled}
        aria-describedby={`${id}-note`}
        onChange={event => onChange(event.target.value)}
      />
      <p id={`${id}-note`} className="field-note">
        {hint}
      </p>
    </div>
  );
}
