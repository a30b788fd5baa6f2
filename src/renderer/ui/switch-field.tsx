import { Switch as Base } from '@base-ui/react/switch';
import './switch-field.css';

interface SwitchProps {
  readonly label: string;
  readonly checked: boolean;
  readonly onChange: (checked: boolean) => void;
}

/** A switch beside what it is about; its name is for those who do not see that. */
export function Switch({ label, checked, onChange }: SwitchProps) {
  return (
    <Base.Root className="switch" aria-label={label} checked={checked} onCheckedChange={onChange}>
      <Base.Thumb className="switch-thumb" />
    </Base.Root>
  );
}

export function SwitchField({ label, checked, onChange }: SwitchProps) {
  return (
    <label className="switch-field">
      <span>{label}</span>
      <Base.Root className="switch" checked={checked} onCheckedChange={onChange}>
        <Base.Thumb className="switch-thumb" />
      </Base.Root>
    </label>
  );
}
