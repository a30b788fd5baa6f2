import { Radio } from '@base-ui/react/radio';
import { RadioGroup } from '@base-ui/react/radio-group';
import './segmented.css';

interface SegmentedProps<K extends string> {
  readonly label: string;
  readonly value: K;
  readonly options: readonly { readonly value: K; readonly label: string }[];
  readonly onChange: (value: K) => void;
}

/** A choice of one among a few, all of them in sight. */
export function Segmented<K extends string>({ label, value, options, onChange }: SegmentedProps<K>) {
  return (
    <RadioGroup className="segmented" aria-label={label} value={value} onValueChange={next => onChange(next as K)}>
      {options.map(option => (
        <label key={option.value} className="segment">
          <Radio.Root value={option.value} className="segment-radio" />
          {option.label}
        </label>
      ))}
    </RadioGroup>
  );
}
