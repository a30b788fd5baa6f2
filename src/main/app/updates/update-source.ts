import type { UpdateFault } from '../../../shared/contract/updates.ts';

/** An update that could not be had, for a reason that a person can be told. */
export class UpdateError extends Error {
  override readonly name = 'UpdateError';
  readonly why: UpdateFault;
  constructor(why: UpdateFault, cause: unknown) {
    super(`The update could not be had: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
    this.why = why;
  }
}

/** Where newer programs come from, and how one takes the place of this one. Rejects with `UpdateError`. */
export interface UpdateSource {
  /** The newer version that is offered, or null. */
  check(): Promise<string | null>;
  /** Of the version that `check` found. `tell` hears the part that is here, 0 to 1. What came is checked against what was announced. */
  download(tell: (part: number) => void): Promise<void>;
  /** Whether the one that is downloaded takes this one's place when the process ends. */
  placeOnExit(on: boolean): void;
  /** Ends the process, puts the one that is downloaded in its place and starts it. Only once everything is closed. `failed` is told when it cannot. */
  restartInto(failed: () => void): void;
}
