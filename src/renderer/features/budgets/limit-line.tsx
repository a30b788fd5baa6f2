import { Pencil, X } from 'lucide-react';
import type { BudgetUnit, BudgetView } from '../../../shared/domain/budget.ts';
import { describeLimits } from '../../i18n/budget-words.ts';
import { useSpeech } from '../../state/context.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { ProgressBar } from '../../ui/progress-bar.tsx';

interface LimitLinesProps {
  readonly budget: BudgetView;
  /** Null where the heading says it. */
  readonly whose: string | null;
  readonly onChange?: ((unit: BudgetUnit) => void) | undefined;
  readonly onRemove?: ((unit: BudgetUnit) => void) | undefined;
}

/** A line for each limit of a budget: what holds, what of it is used up, and what can be done with it here. */
export function LimitLines({ budget, whose, onChange, onRemove }: LimitLinesProps) {
  const speech = useSpeech();
  const { t } = speech;
  return describeLimits(budget, whose, speech).map(line => {
    const limit = budget.limits[line.unit] ?? 0;
    const spent = budget.spent?.[line.unit] ?? 0;
    return (
      <li key={`${budget.scope}:${budget.subject}:${budget.period}:${line.unit}`} className={line.isReached ? 'budget-line-full' : ''}>
        <span>
          {line.limit}
          {line.used !== null && <span className={line.isReached ? 'budget-used budget-full' : 'budget-used'}>{line.used}</span>}
          {line.used !== null && limit > 0 && (
            <ProgressBar done={Math.min(spent, limit)} total={limit} label={`${line.limit}, ${line.used}`} />
          )}
        </span>
        <span className="budget-tools">
          {onChange && <IconButton size="s" label={t.limits.change(line.limit)} icon={<Pencil />} onClick={() => onChange(line.unit)} />}
          {onRemove && <IconButton size="s" label={t.budgets.remove(line.limit)} icon={<X />} onClick={() => onRemove(line.unit)} />}
        </span>
      </li>
    );
  });
}
