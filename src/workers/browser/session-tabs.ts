import type { BrowserContext, Dialog, Page } from 'playwright-core';
import { BrowserFault } from './browser-session.ts';
import { isNo, isYes } from './dialog-answer.ts';

/** Characters of a dialog's words that are told. */
const questionLimit = 500;

/** Tabs of one task. A page that opens more is making trouble. */
const tabLimit = 12;

export interface SessionTabs {
  /** The one that actions go to. */
  shown(): Page;
  all(): readonly Page[];
  show(index: number): Promise<void>;
  close(index: number): Promise<void>;
  /** What happened by itself since the last call, a sentence each: dialogs that were answered, tabs that were opened, crashes. */
  takeNews(): readonly string[];
  /** What pages ask from now on is answered with these words; with no for null. */
  answerWith(words: string | null): void;
  /** The questions since the last call that were answered with no for want of other words. */
  takeQuestions(): readonly string[];
  /** Crashed, or standing still: nothing comes from it any more. */
  isLost(page: Page): boolean;
  lose(page: Page): void;
  /** Resolves once the page that this one is leaving for has come, or does not come; null while it stays. */
  arrival(page: Page): Promise<void> | null;
  /** In place of one that is lost. */
  renew(): Promise<Page>;
}

/** Follows the pages of a browser: a new one is shown, a closed one gives way to the one before, dialogs are answered in the safe way. */
export async function followTabs(context: BrowserContext, signal: AbortSignal): Promise<SessionTabs> {
  const lost = new WeakSet<Page>();
  const leaving = new WeakMap<Page, { readonly arrived: Promise<void>; readonly end: () => void }>();

  function watchNavigation(page: Page): void {
    const end = (): void => {
      leaving.get(page)?.end();
      leaving.delete(page);
    };
    page.on('request', request => {
      if (!request.isNavigationRequest() || request.frame() !== page.mainFrame() || leaving.has(page)) return;
      const { promise, resolve } = Promise.withResolvers<void>();
      leaving.set(page, { arrived: promise, end: resolve });
    });
    page.on('domcontentloaded', end);
    page.on('close', end);
    page.on('crash', end);
    page.on('requestfailed', request => {
      if (request.isNavigationRequest() && request.frame() === page.mainFrame()) end();
    });
  }

  const news: string[] = [];
  let current: Page = context.pages()[0] ?? (await context.newPage());

  const questions: string[] = [];
  let words: string | null = null;

  /** What is done about a dialog, and what is told of it. A question that nobody has an answer to is answered with no, which changes nothing. */
  function answerTo(dialog: Dialog): { readonly told: string; readonly given: Promise<void> } {
    const kind = dialog.type();
    if (kind === 'beforeunload') return { told: 'The page asked whether it may be left, and was left.', given: dialog.accept() };
    const said = dialog.message().slice(0, questionLimit);
    const shown = `The page showed a dialog (${kind}): “${said}”.`;
    if (kind === 'alert') return { told: `${shown} It was closed.`, given: dialog.accept() };
    if (words === null) questions.push(said);
    if (words === null || isNo(words)) return { told: `${shown} It was answered with “no”.`, given: dialog.dismiss() };
    const typed = kind === 'prompt' && !isYes(words) ? words : dialog.defaultValue();
    return { told: `${shown} It was answered with “${kind === 'prompt' ? typed : 'yes'}”.`, given: dialog.accept(typed) };
  }

  function answer(dialog: Dialog): void {
    const { told, given } = answerTo(dialog);
    news.push(told);
    void given.catch(() => undefined);
  }

  function follow(page: Page): void {
    watchNavigation(page);
    page.on('dialog', answer);
    page.on('crash', () => {
      lost.add(page);
      news.push('The page has crashed.');
    });
    page.on('close', () => {
      if (page === current && !signal.aborted) current = context.pages().at(-1) ?? current;
    });
  }

  for (const page of context.pages()) follow(page);
  context.on('page', page => {
    follow(page);
    if (context.pages().length > tabLimit) {
      news.push('The page wanted one more tab than a task may have; it was closed.');
      void page.close().catch(() => undefined);
      return;
    }
    current = page;
    news.push(`A new tab has opened and is shown: number ${context.pages().indexOf(page)}.`);
  });

  function at(index: number): Page {
    const page = context.pages()[index];
    if (page === undefined) throw new BrowserFault('not_found', `There is no tab ${index}; the last one is ${context.pages().length - 1}.`);
    return page;
  }

  return {
    shown: () => current,
    all: () => context.pages(),
    async show(index) {
      current = at(index);
      await current.bringToFront();
    },
    async close(index) {
      const page = at(index);
      if (context.pages().length === 1) current = await context.newPage();
      await page.close();
    },
    takeNews: () => news.splice(0),
    answerWith(given) {
      words = given;
    },
    takeQuestions: () => questions.splice(0),
    isLost: page => lost.has(page),
    lose(page) {
      lost.add(page);
    },
    arrival: page => leaving.get(page)?.arrived ?? null,
    async renew() {
      const gone = current;
      current = await context.newPage();
      // Of the page that stands there now nobody has to be told.
      news.length = 0;
      // One that stands still may never answer that it is closed.
      void gone.close().catch(() => undefined);
      return current;
    },
  };
}
