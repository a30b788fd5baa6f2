import AxeBuilder from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';

/** Axe finds nothing at fault on the page, or within what the selector names: by all its rules but `unasked`, or by `only` those. */
export async function expectAccessible(
  page: Page,
  within?: string,
  { unasked = [], only = [] }: { readonly unasked?: readonly string[]; readonly only?: readonly string[] } = {},
): Promise<void> {
  const axe = new AxeBuilder({ page });
  if (unasked.length > 0) axe.disableRules([...unasked]);
  if (only.length > 0) axe.withRules([...only]);
  const { violations } = await (within === undefined ? axe : axe.include(within)).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`)).toEqual([]);
}
