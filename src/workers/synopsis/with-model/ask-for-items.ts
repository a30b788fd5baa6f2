import type { z } from 'zod';
import type { RecordedCall } from '../../../shared/domain/synopsis-model.ts';
import { readItems } from './read-answer.ts';
import type { Ask } from '../../agent/loop/recorded-call.ts';
import type { SynopsisPrompts } from '../prompts/synopsis-prompts.ts';

export interface ItemsQuestion {
  readonly purpose: string;
  readonly system: string;
  readonly task: string;
  readonly content: readonly string[];
}

export type ItemsAnswer<T> =
  | {
      readonly outcome: 'answered';
      readonly items: readonly T[];
      /** The answer as it came, for a further question about it. */
      readonly text: string;
      readonly by: Pick<RecordedCall, 'provider' | 'model'>;
    }
  /** As `RecordedCall` says; `unusable` when nothing of it had the shape, on the second try either. */
  | { readonly outcome: Exclude<RecordedCall['outcome'], 'answered'> | 'unusable' };

/**
 * Asks for a list and checks its shape. An answer that does not have it is sent back once with what is wrong; of the better of the
 * two those items are taken that have it.
 */
export async function askForItems<T>(
  { purpose, system, task, content }: ItemsQuestion,
  item: z.ZodType<T>,
  { ask, prompts }: { readonly ask: Ask; readonly prompts: Pick<SynopsisPrompts, 'repairShape'> },
): Promise<ItemsAnswer<T>> {
  const first = await ask({ purpose, system, messages: [task], content });
  if (first.outcome !== 'answered') return { outcome: first.outcome };
  const read = readItems(first.text, item);
  if (read.ok) return { outcome: 'answered', items: read.items, text: first.text, by: first };

  const again = prompts.repairShape(read.problem);
  const second = await ask({
    purpose: `${purpose}-again`,
    system,
    messages: [task, first.text, again],
    content: [...content, first.text, again],
  });
  const repaired = second.outcome === 'answered' ? readItems(second.text, item) : null;
  // It may be worse than the first.
  if (repaired !== null && (repaired.items.length > read.items.length || (repaired.ok && read.items.length === 0)))
    return { outcome: 'answered', items: repaired.items, text: second.text, by: second };
  return read.items.length > 0 ? { outcome: 'answered', items: read.items, text: first.text, by: first } : { outcome: 'unusable' };
}
