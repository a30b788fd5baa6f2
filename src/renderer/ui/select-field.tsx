import { useId } from 'react';
import './field.css';

interface SelectFieldProps<K extends string> {
  readonly label: string;
  readonly value: K;
  readonly options: readonly { readonly value: K; readonly label: string }[];
  readonly onChange: (value: K) => void;
}

/** A choice of one among many, with its name before it. The system's own list: it opens where it has room and is known to all. */
export function SelectField<K extends string>({ label, value, options, onChange }: SelectFieldProps<K>) {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <select id={id} className="field-control" value={value} onChange={event => onChange(event.target.value as K)}>
        {options.map(option => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
    </div>
  );
}
