import type { ShownPassage } from '../../../shared/domain/agent.ts';
import type { Citation } from '../../../shared/domain/synopsis.ts';

/** The passages that a model was shown in this job, by number. Filled in the same order by each attempt. */
export interface ShownPassages {
  numberOf(citation: Citation): ShownPassage;
  /** Takes over what a recorded call has shown. */
  add(passages: readonly ShownPassage[]): void;
  get(number: number): Citation | undefined;
}

export function createShownPassages(): ShownPassages {
  const byNumber = new Map<number, Citation>();
  const numbers = new Map<string, number>();
  const placeOf = ({ source, snapshotHash, start, end }: Citation) => `${source.kind}:${snapshotHash}:${start}:${end}`;

  function add({ number, citation }: ShownPassage): void {
    byNumber.set(number, citation);
    numbers.set(placeOf(citation), number);
  }
  return {
    numberOf(citation) {
      const number = numbers.get(placeOf(citation)) ?? byNumber.size + 1;
      add({ number, citation });
      return { number, citation };
    },
    add: passages => {
      for (const passage of passages) add(passage);
    },
    get: number => byNumber.get(number),
  };
}
