import type { Page } from 'playwright-core';

/** One state of the window a person may see, and the way there from a window just opened over the backend in memory. */
export interface Screen {
  readonly name: string;
  /** Added to the address of the harness page, such as `away=1`. */
  readonly query?: string;
  act(page: Page): Promise<void>;
}
