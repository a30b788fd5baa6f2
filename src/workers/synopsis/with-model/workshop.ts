import type { DetailLevel } from '../../../shared/domain/synopsis.ts';
import type { delimitedData } from '../../agent/loop/delimited-data.ts';
import type { ReadSource } from '../coverage.ts';
import type { SynopsisPrompts } from '../prompts/synopsis-prompts.ts';
import type { QuoteSearch } from './find-quotes.ts';
import type { Ask } from '../../agent/loop/recorded-call.ts';

/** Everything that the calls for one synopsis have in common. */
export interface Workshop {
  readonly ask: Ask;
  readonly prompts: SynopsisPrompts;
  readonly sources: readonly ReadSource[];
  readonly quotes: QuoteSearch;
  readonly data: ReturnType<typeof delimitedData>;
  readonly detail: DetailLevel;
  /** What the model is told first in each call. */
  readonly system: string;
  /** The same without what is new with each attempt. */
  readonly fixed: string;
  /** What the person wants of the sections. */
  readonly instruction: string | null;
  /** Tokens that material or notes may take in one call. */
  readonly room: number;
  /** So many of so many parts are read. */
  report(done: number, total: number): void;
}
