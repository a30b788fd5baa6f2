import type { ElementHandle, Locator } from 'playwright-core';

/** What a page says of one of its elements. SECURITY: said by the page, so it decides what a person is asked and never that they are not. */
export interface ElementFacts {
  readonly tag: string;
  readonly text: string;
  /** Of a link, whole; null for anything else. */
  readonly href: string | null;
  /** Where a press of it sends a form, with what; null for an element that sends none. */
  readonly form: {
    readonly action: string;
    readonly method: string;
    readonly fields: readonly (readonly [name: string, value: string])[];
  } | null;
  /** A field whose words nobody beside the person is to see: a password, a code sent once, a card. */
  readonly hidesWords: boolean;
  /** A selector that means this element alone on the page as it is; null in a shadow tree. */
  readonly css: string | null;
}

/** Characters of a field's value that a person is shown. */
const fieldLimit = 2_000;

/** The parts of the page's own objects that are looked at: this file is compiled without them, since it runs in a worker. */
interface PageElement {
  readonly tagName: string;
  readonly id: string;
  readonly innerText?: string;
  readonly value?: string;
  readonly type?: string;
  readonly href?: string;
  readonly form?: PageElement | null;
  readonly parentElement: PageElement | null;
  readonly children: Iterable<PageElement>;
  readonly elements?: Iterable<PageElement> & { namedItem(name: string): PageElement | null };
  getAttribute(name: string): string | null;
  closest(css: string): PageElement | null;
}
interface PageGlobals {
  readonly document: { querySelectorAll(css: string): { readonly length: number; readonly [at: number]: PageElement | undefined } };
  readonly location: { readonly href: string };
  readonly FormData: new (form: PageElement) => { entries(): Iterable<[string, string | { readonly name: string }]> };
}

interface Reading {
  readonly limit: number;
  readonly byEnter: boolean;
}

/** @param byEnter that the Enter key is pressed in it, which sends the form of a field as its first button would */
export async function elementFacts(element: Locator | ElementHandle, byEnter = false): Promise<ElementFacts> {
  const read = readFacts as (node: unknown, reading: Reading) => ElementFacts;
  const reading = { limit: fieldLimit, byEnter };
  return 'elementHandle' in element ? element.evaluate(read, reading) : element.evaluate(read, reading);
}

/** Runs in the page: it may use nothing of this file. */
function readFacts(el: PageElement, { limit, byEnter }: Reading): ElementFacts {
  const { document, location, FormData } = globalThis as unknown as PageGlobals;
  const tag = el.tagName.toLowerCase();
  // SECURITY: whoever presses the words within a button presses the button.
  const control = el.closest('button, input, a[href], [role=button], [role=link]') ?? el;
  const owner = control.form ?? null;
  const isSender = (at: PageElement): boolean => /^(?:button|input)$/iu.test(at.tagName) && (at.type === 'submit' || at.type === 'image');
  const sender = isSender(control)
    ? control
    : byEnter && /^(?:input|select)$/u.test(tag)
      ? ([...(owner?.elements ?? [])].find(isSender) ?? control)
      : null;
  const hidden = (form: PageElement, name: string): boolean => form.elements?.namedItem?.(name)?.type === 'password';
  const fieldsOf = (form: PageElement): [string, string][] =>
    [...new FormData(form).entries()].map(([name, value]) => [
      name,
      hidden(form, name) && value !== '' ? '••••' : typeof value === 'string' ? value.slice(0, limit) : value.name,
    ]);
  const cssOf = (of: PageElement): string | null => {
    const parts: string[] = [];
    for (let at: PageElement | null = of; at !== null; at = at.parentElement) {
      const here: PageElement = at;
      const id = /^[A-Za-z][\w-]*$/u.test(here.id) ? `#${here.id}` : null;
      const same = [...(here.parentElement?.children ?? [])].filter(sibling => sibling.tagName === here.tagName);
      parts.unshift(id ?? here.tagName.toLowerCase() + (same.length > 1 ? `:nth-of-type(${same.indexOf(here) + 1})` : ''));
      const found = document.querySelectorAll(parts.join(' > '));
      if (found.length === 1 && found[0] === of) return parts.join(' > ');
      if (id !== null) return null;
    }
    return null;
  };
  const named = sender ?? control;
  const said = (named.getAttribute('aria-label') ?? named.innerText ?? '').trim().slice(0, 500);
  return {
    tag,
    text: said === '' ? (named.value ?? '').slice(0, 500) : said,
    href: el.closest('a[href]')?.href ?? null,
    form:
      owner !== null && sender !== null
        ? {
            // Attributes: a field called "action" stands in the way of the property.
            action: new URL(sender.getAttribute('formaction') ?? owner.getAttribute('action') ?? '', location.href).href,
            method: (sender.getAttribute('formmethod') ?? owner.getAttribute('method') ?? 'get').toLowerCase(),
            fields: fieldsOf(owner),
          }
        : null,
    hidesWords:
      el.type === 'password' ||
      /(?:^|\s)(?:current-password|new-password|one-time-code|cc-number|cc-csc)(?:\s|$)/u.test(el.getAttribute('autocomplete') ?? ''),
    css: cssOf(el),
  };
}
