import { z } from 'zod';
import { browserTraceEntry, pageAddress, pageTarget } from '../../domain/browser.ts';

/** Steps of a browser task that the next attempt is told of: enough for what was done on one page. */
export const browserStepsTold = 200;

/** One thing that was done in a browser, with what means the same element on the next load of the page. */
export const browserStepDone = z.strictObject({ entry: browserTraceEntry, durable: pageTarget.nullable() });
export type BrowserStepDone = z.output<typeof browserStepDone>;

/** A tab of a browser at work. */
export const browserTab = z.strictObject({
  index: z.int().nonnegative(),
  title: z.string().max(500),
  url: pageAddress,
  isShown: z.boolean(),
});
