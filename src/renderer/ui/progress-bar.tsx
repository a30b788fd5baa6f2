import { Progress } from '@base-ui/react/progress';
import './progress-bar.css';

/** A bar for countable work only: what cannot be counted is told in words. */
export function ProgressBar({ done, total, label }: { readonly done: number; readonly total: number; readonly label: string }) {
  return (
    <Progress.Root value={done} max={total} aria-label={label} className="progress">
      <Progress.Track className="progress-track">
        <Progress.Indicator className="progress-fill" />
      </Progress.Track>
    </Progress.Root>
  );
}
