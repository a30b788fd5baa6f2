import type { BrowserAction } from '../../shared/domain/browser.ts';
import type { ActionPreview } from './browser-session.ts';
import { riskOfName } from './risk-words.ts';

/** As models and authors of recipes write them. */
const yes: ReadonlySet<string> = new Set(['yes', 'ok', 'да', 'ок']);
const no: ReadonlySet<string> = new Set(['no', 'cancel', 'нет', 'отмена']);

export function isYes(words: string): boolean {
  return yes.has(words.trim().toLowerCase());
}

export function isNo(words: string): boolean {
  return no.has(words.trim().toLowerCase());
}

/** What a page's question is answered with while the action is done; null where its author has not said. */
export function dialogAnswerOf(action: BrowserAction): string | null {
  return 'dialog' in action ? (action.dialog ?? null) : null;
}

/** It presses something: whatever a page asks then, it asks because of that. */
export function mayBeAsked(action: BrowserAction): boolean {
  return action.do === 'click' || action.do === 'press';
}

/**
 * The same preview of an action that agrees to what the page asks. SECURITY: a person is asked before each of them, and sees what the
 * page asked when it was last answered with no; what it asks this time is known only once it does.
 */
export function withAnswer(preview: ActionPreview, action: BrowserAction, question: string | null): ActionPreview {
  const answer = dialogAnswerOf(action);
  if (answer === null || isNo(answer)) return preview;
  return {
    ...preview,
    risk: preview.risk ?? (question === null ? null : riskOfName(question)) ?? 'agree',
    payload: { ...preview.payload, ...(question === null ? {} : { question }), answer },
  };
}
