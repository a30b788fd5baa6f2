import type { Page } from 'playwright-core';

/**
 * Sentences of the window's own, told by the brackets of the pseudo-locale, that are cut off: by the edge of a part that hides what
 * is outside, of the button they stand in, or of the window; and buttons that stand out of their row. What is scrolled away, is
 * hidden on purpose or is shown whole under the pointer (`.truncate`, a title) is not cut off.
 */
export function findClippedText(page: Page): Promise<readonly string[]> {
  return page.evaluate(() => {
    /** Letters overhang their boxes by a part of a pixel. */
    const slackPx = 1.5;
    const found = new Set<string>();
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
      const { parentElement } = node;
      if (parentElement === null || !/[⟦⟧]/u.test(node.textContent ?? '')) continue;
      if (!parentElement.checkVisibility({ opacityProperty: true, visibilityProperty: true })) continue;
      if (parentElement.closest('.visually-hidden, .truncate, [title], option') !== null) continue;
      const range = document.createRange();
      range.selectNodeContents(node);
      const text = range.getBoundingClientRect();
      let scrolled = false;
      for (let around: HTMLElement | null = parentElement; around !== null && !scrolled; around = around.parentElement) {
        const { overflowX, overflowY, position } = getComputedStyle(around);
        if (overflowX === 'auto' || overflowX === 'scroll' || overflowY === 'auto' || overflowY === 'scroll') scrolled = true;
        const hides = overflowX === 'hidden' || overflowX === 'clip';
        if (hides || scrolled || around.matches('button, .tab, .segment') || around === document.body) {
          const box = around.getBoundingClientRect();
          const right = overflowX === 'auto' || overflowX === 'scroll' ? Infinity : box.right;
          if (text.right > right + slackPx || text.left < box.left - slackPx)
            found.add(`${around.className || around.tagName}: ${node.textContent}`);
        }
        if (position === 'fixed') scrolled = true;
      }
    }
    for (const button of document.querySelectorAll('button')) {
      const row = button.parentElement;
      if (row === null || row.clientWidth === 0 || !button.checkVisibility()) continue;
      const { display, overflowX } = getComputedStyle(row);
      const { position } = getComputedStyle(button);
      if (display !== 'flex' || overflowX !== 'visible' || position === 'absolute' || position === 'fixed') continue;
      if (button.getBoundingClientRect().right > row.getBoundingClientRect().right + slackPx)
        found.add(`outside ${row.className}: ${button.ariaLabel ?? button.textContent}`);
    }
    return [...found];
  });
}
