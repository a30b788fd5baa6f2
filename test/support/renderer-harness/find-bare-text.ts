import type { Page } from 'playwright-core';

/** What a person reads, or hears read, besides text. */
const spokenAttributes = ['aria-label', 'aria-description', 'title', 'placeholder', 'alt'] as const;

/**
 * Latin words of a window in the pseudo-locale that stand outside its brackets: text written past the tables of sentences. What is
 * made up for the window to show is Russian there, but for names, which `names` lets through.
 */
export async function findBareText(page: Page, names: RegExp): Promise<readonly string[]> {
  const texts = await page.evaluate(
    attributes => {
      const found: string[] = [];
      const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
      for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
        const { parentElement } = node;
        // Keys and code are the same in every language.
        if (parentElement?.checkVisibility() === true && parentElement.closest('kbd, code, pre, .katex, script') === null)
          found.push(node.textContent ?? '');
      }
      for (const element of document.querySelectorAll(attributes.map(name => `[${name}]`).join()))
        for (const name of attributes) found.push(element.getAttribute(name) ?? '');
      return found;
    },
    [...spokenAttributes],
  );
  return [...new Set(texts)].filter(text => {
    const bare = outsideBrackets(text).replaceAll(names, '');
    return /\p{Script=Latin}{2}/u.test(bare) && !/\p{Script=Cyrillic}/u.test(bare);
  });
}

/** Sentences put into sentences have brackets within brackets. */
function outsideBrackets(text: string): string {
  const fewer = text.replaceAll(/⟦[^⟦⟧]*⟧/gu, '');
  return fewer === text ? text : outsideBrackets(fewer);
}
