import type { Locator, Page } from 'playwright-core';
import type { PageTarget } from '../../shared/domain/browser.ts';
import { atMost } from './at-most.ts';
import { BrowserFault } from './browser-session.ts';

/** Elements of one name among which the meant one is looked for. */
const twinLimit = 50;
/** Milliseconds a page has to say how many elements are meant, once it was too late for one of them: one that stands still never says. */
const countedMs = 2_000;

type Role = Parameters<Page['getByRole']>[0];

/**
 * The one visible element that is meant. A name of an earlier snapshot is refused at once: the browser's library would wait for it until
 * its time is over.
 */
export async function locate(page: Page, target: PageTarget, refs: ReadonlySet<string>): Promise<Locator> {
  if (target.by === 'ref') {
    if (!refs.has(target.ref))
      throw new BrowserFault('stale_ref', `${target.ref} is of an earlier snapshot. Take a new one and use its names.`);
    return page.getByRef(target.ref);
  }
  const found = locatorOf(page, target);
  const visible = found.filter({ visible: true });
  const count = (await visible.count()) || (await countOnceThere(found, visible));
  refuseUnlessOne(target, count);
  return target.by === 'role' ? visible.nth(target.nth) : visible.first();
}

function refuseUnlessOne(target: Exclude<PageTarget, { by: 'ref' }>, count: number): void {
  if (count === 0) throw new BrowserFault('not_found', `Nothing on the page is ${wordsFor(target)}.`);
  if (target.by === 'role') {
    if (target.nth >= count)
      throw new BrowserFault(
        'not_found',
        `There are ${count} on the page that are ${wordsFor(target)}, and number ${target.nth + 1} is meant.`,
      );
    return;
  }
  if (count > 1)
    throw new BrowserFault('ambiguous', `${count} elements on the page are ${wordsFor(target)}. Say which one by its role and name.`);
}

/**
 * Does what changes the page alone with the one element that is meant. Nothing is counted first, which would be a trip to the browser of its
 * own: the browser's library waits for the element and refuses several, and only then is it asked why. An action on the other side is
 * not done this way: what is on the page after it says nothing of what was there before.
 */
export async function withElement<T>(
  page: Page,
  target: PageTarget,
  refs: ReadonlySet<string>,
  act: (element: Locator) => Promise<T>,
): Promise<T> {
  if (target.by === 'ref') return act(await locate(page, target, refs));
  const visible = locatorOf(page, target).filter({ visible: true });
  try {
    return await act(target.by === 'role' ? visible.nth(target.nth) : visible);
  } catch (error) {
    const count = await atMost(countedMs, visible.count());
    if (count !== null) refuseUnlessOne(target, count);
    throw error;
  }
}

/** A page that draws itself may not have come so far yet. */
async function countOnceThere(found: Locator, visible: Locator): Promise<number> {
  await found
    .first()
    .waitFor({ state: 'visible', timeout: appearMs })
    .catch(() => undefined);
  return visible.count();
}

/** Milliseconds an element that a recipe names is waited for: pages that draw themselves take about a second. */
const appearMs = 5_000;

function locatorOf(page: Page, target: Exclude<PageTarget, { by: 'ref' }>): Locator {
  switch (target.by) {
    case 'role':
      return page.getByRole(target.role as Role, target.name === '' ? {} : { name: target.name, exact: true });
    case 'label':
      return page.getByLabel(target.text, { exact: true });
    case 'text':
      return page.getByText(target.text, { exact: true });
    case 'css':
      return page.locator(target.css);
  }
}

export function wordsFor(target: PageTarget): string {
  switch (target.by) {
    case 'ref':
      return target.ref;
    case 'role':
      return `${target.role} “${target.name}”`;
    case 'label':
      return `labelled “${target.text}”`;
    case 'text':
      return `the text “${target.text}”`;
    case 'css':
      return target.css;
  }
}

/** What means this element on the next load of the page, for a recipe: its role and name, else where it stands; null for neither. */
export async function durableTarget(
  page: Page,
  element: Locator,
  named: RoleAndName | null,
  css: string | null,
): Promise<PageTarget | null> {
  if (named !== null && named.name !== '') {
    const twins = page.getByRole(named.role as Role, { name: named.name, exact: true }).filter({ visible: true });
    const handle = await element.elementHandle();
    const count = Math.min(await twins.count(), twinLimit);
    try {
      for (let nth = 0; nth < count; nth += 1) {
        if (await twins.nth(nth).evaluate((node, other) => node === other, handle))
          return { by: 'role', role: named.role, name: named.name, nth };
      }
    } catch {
      // In another frame: a recipe finds nothing there by its role.
    } finally {
      await handle?.dispose();
    }
  }
  return css === null ? null : { by: 'css', css };
}

export interface RoleAndName {
  readonly role: string;
  readonly name: string;
}

/**
 * As a screen reader would tell an element of the last snapshot; null where its line names no role. Read from what was told already: any other
 * look at the page's roles makes the names of that snapshot stale.
 */
export function roleAndName(snapshot: string, ref: string): RoleAndName | null {
  const line = snapshot.split('\n').find(each => each.includes(`[ref=${ref}]`));
  // A line with a colon in a name is quoted as a whole, and its apostrophes are doubled.
  const said = line?.trim().replace(/^- '/u, '- ').replaceAll("''", "'") ?? '';
  const [, role, name] = /^- ([a-z]+)(?: ("(?:[^"\\]|\\.)*"))?/u.exec(said) ?? [];
  if (role === undefined || role === 'text' || role === 'generic') return null;
  return { role, name: name === undefined ? '' : (JSON.parse(name) as string) };
}
