import { useId } from 'react';
import { useTypedSetting } from './use-typed-setting.ts';

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
  const isValid = (count: number): boolean => Number.isInteger(count) && count >= bounds.min && count <= bounds.max;
  const { text, type, leave } = useTypedSetting(
    String(value),
    typed => (isValid(Number(typed)) ? String(Number(typed)) : null),
    kept => onSave(Number(kept)),
  );
  const typed = Number(text);
  const valid = isValid(typed);
  return (
    <div className="setting">
      <label htmlFor={id}>{label}</label>
      <span className="setting-days">
        <input
          id={id}
          inputMode="numeric"
          value={text}
          aria-invalid={!valid}
          onChange={event => type(event.target.value)}
          onBlur={leave}
          onKeyDown={event => {
            if (event.key === 'Enter') event.currentTarget.blur();
          }}
        />
        {unit(valid ? typed : value).replace(/^[\d\s.,]+/u, '')}
      </span>
    </div>
  );
}
