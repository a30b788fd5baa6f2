import { useId, useState } from 'react';

interface NumberSettingProps {
  readonly label: string;
  readonly value: number;
  readonly bounds: { readonly min: number; readonly max: number };
  /** The number with its unit. */
  readonly unit: (count: number) => string;
  readonly onSave: (value: number) => void;
}

export function NumberSetting({ label, value, bounds, unit, onSave }: NumberSettingProps) {
  const id = useId();
  const [text, setText] = useState(String(value));
  const typed = Number(text);
  const valid = Number.isInteger(typed) && typed >= bounds.min && typed <= bounds.max;
  return (
    <div className="setting">
      <label htmlFor={id}>{label}</label>
      <span className="setting-days">
        <input
          id={id}
          inputMode="numeric"
          value={text}
          aria-invalid={!valid}
          onChange={event => setText(event.target.value)}
          onBlur={() => {
            if (valid && typed !== value) onSave(typed);
            if (!valid) setText(String(value));
          }}
          onKeyDown={event => {
            if (event.key === 'Enter') event.currentTarget.blur();
          }}
        />
        {unit(valid ? typed : value).replace(/^[\d\s.,]+/u, '')}
      </span>
    </div>
  );
}
