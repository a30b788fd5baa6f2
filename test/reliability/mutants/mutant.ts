/** One change for the worse, and the test files of which at least one must fail with it. */
export interface Mutant {
  readonly name: string;
  /** Under `src/main`. */
  readonly file: string;
  /** Stands exactly once in the file; when it does not, the table is out of date and says so. */
  readonly from: string;
  readonly to: string;
  readonly tests: readonly string[];
}
