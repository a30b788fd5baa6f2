import type { ElementHandle, Locator, Page, Request } from 'playwright-core';

/** Methods that leave nothing at the other side (RFC 9110, 9.2.1). */
const safeMethods: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS']);

/** The parts of a field that are looked at: this file is compiled without a page's objects. */
interface FileField {
  readonly tagName: string;
  readonly type?: string;
  readonly form?: object | null;
  readonly files?: { readonly length: number } | null;
}

/**
 * Gives the page a file by its field, or by the button that it hides the field behind. True when a form holds it and nothing was sent
 * at once. `timeoutMs` is for each thing that is done on the page.
 */
export async function giveFile(page: Page, target: Locator, path: string, timeoutMs: number): Promise<boolean> {
  let isSent = false;
  const note = (request: Request): void => {
    isSent ||= !safeMethods.has(request.method());
  };
  page.on('request', note);
  try {
    const isField = await target.evaluate(isFileField as (node: unknown) => boolean);
    const field = isField ? await target.elementHandle({ timeout: timeoutMs }) : await chosenBy(page, target, timeoutMs);
    await field?.setInputFiles(path, { timeout: timeoutMs });
    const isHeld = (await field?.evaluate(isHeldByForm as (node: unknown) => boolean).catch(() => false)) ?? false;
    return isHeld && !isSent;
  } finally {
    page.off('request', note);
  }
}

async function chosenBy(page: Page, button: Locator, timeoutMs: number): Promise<ElementHandle> {
  const [chooser] = await Promise.all([page.waitForEvent('filechooser', { timeout: timeoutMs }), button.click({ timeout: timeoutMs })]);
  return chooser.element();
}

/** These run in the page. */
function isFileField(node: FileField): boolean {
  return node.tagName === 'INPUT' && node.type === 'file';
}
function isHeldByForm(node: FileField): boolean {
  return (node.form ?? null) !== null && (node.files?.length ?? 0) > 0;
}
