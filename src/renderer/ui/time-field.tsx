import { useId, useState } from 'react';
import { timeOfDay } from '../../shared/domain/quiet-hours.ts';
import './field.css';

interface TimeFieldProps {
  readonly label: string;
  /** `22:00`. */
  readonly value: string;
  readonly onSave: (value: string) => void;
}

/** A time of the day, written the same in both languages, which the system's own field is not. What is no time is taken back. */
export function TimeField({ label, value, onSave }: TimeFieldProps) {
  const id = useId();
  const [typed, setTyped] = useState<string | null>(null);
  const time = (typed ?? value).trim().padStart(value.length, '0');
  const isTime = timeOfDay.test(time);
  return (
    <span className="time-field">
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        className="field-control"
        inputMode="numeric"
        autoComplete="off"
        maxLength={value.length}
        value={typed ?? value}
        aria-invalid={!isTime}
        onChange={event => setTyped(event.target.value)}
        onBlur={() => {
          if (isTime && time !== value) onSave(time);
          setTyped(null);
        }}
        onKeyDown={event => {
          if (event.key === 'Enter') event.currentTarget.blur();
        }}
      />
    </span>
  );
}
