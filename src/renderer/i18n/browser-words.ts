import type { BrowserAction, BrowserTraceEntry, PageTarget } from '../../shared/domain/browser.ts';
import { fileNotAllowed } from '../../shared/domain/browser-fault-words.ts';
import { namedRoles, type NamedRole } from './browser-messages.ts';
import type { Speech } from './format.ts';

/** Characters of something typed or read that stand in a line; the whole is in the record of the step. */
const quotedChars = 80;

/** As much of a text as stands in a line. */
export function brief(text: string): string {
  const line = text.replaceAll(/\s+/gu, ' ').trim();
  return line.length > quotedChars ? `${line.slice(0, quotedChars - 1)}…` : line;
}

const isNamed = (role: string): role is NamedRole => namedRoles.some(each => each === role);

/** What on a page is meant, in words. */
export function describeTarget(target: PageTarget, { t }: Speech): string {
  switch (target.by) {
    case 'ref':
      return t.browser.element(target.ref);
    case 'role': {
      const name = brief(target.name);
      if (isNamed(target.role)) return t.browser.role[target.role](name);
      return t.browser.element(name === '' ? target.role : `${target.role} ${name}`);
    }
    case 'label':
      return t.browser.field(brief(target.text));
    case 'text':
      return t.browser.element(t.browser.quoted(brief(target.text)));
    case 'css':
      return t.browser.element(brief(target.css));
  }
}

/** What of an action is its own, beside its name; null where there is nothing. */
function detailOf(action: BrowserAction, speech: Speech): string | null {
  const { t } = speech;
  const target = (of: PageTarget) => describeTarget(of, speech);
  switch (action.do) {
    case 'open':
      return action.url;
    case 'back':
      return null;
    case 'snapshot':
    case 'screenshot':
      return action.whole ? t.browser.wholePage : null;
    case 'read':
      return null;
    case 'find':
      return brief(action.text);
    case 'click':
    case 'download':
      return target(action.target);
    case 'type':
      return t.browser.typed(
        'secret' in action.value
          ? t.browser.secret(t.logins.secrets[action.value.secret] ?? action.value.secret)
          : t.browser.quoted(brief(action.value.text)),
        target(action.target),
      );
    case 'select':
      return t.browser.chosen(brief(action.options.join(', ')), target(action.target));
    case 'press':
      return action.target === null ? action.key : t.browser.pressed(action.key, target(action.target));
    case 'scroll':
      return typeof action.to === 'string' ? t.browser.scrollTo[action.to] : `→ ${target(action.to)}`;
    case 'wait':
      return 'ms' in action.for ? speech.duration(action.for.ms) : t.browser.quoted(brief(action.for.text));
    case 'extract':
      return t.browser.fields(action.schema.fields.map(({ name }) => name).join(', '));
    case 'upload':
      return t.browser.uploaded(action.path, target(action.target));
    case 'tabs':
      if (action.tab === null) return null;
      // A person counts from one.
      return 'show' in action.tab ? t.browser.tabShown(action.tab.show + 1) : t.browser.tabClosed(action.tab.close + 1);
    case 'assert':
      if ('text' in action.that) return t.browser.assertText(brief(action.that.text));
      return 'url' in action.that ? t.browser.assertUrl(action.that.url) : t.browser.assertGone(brief(action.that.gone));
  }
}

/** What is done in a browser, as one line. */
export function describeAction(action: BrowserAction, speech: Speech): string {
  const detail = detailOf(action, speech);
  return detail === null ? speech.t.browser.plain[action.do] : speech.t.browser.action[action.do](detail);
}

/** What came of an action. One without an outcome is under way while its task is at work, and unknown when it is not. */
export function describeOutcome({ action, outcome }: BrowserTraceEntry, isAtWork: boolean, { t, language }: Speech): string {
  if (action.do === 'upload' && outcome === 'not_allowed') return fileNotAllowed[language];
  if (outcome !== null) return t.browser.outcome[outcome];
  return isAtWork ? t.browser.underWay : t.browser.outcome.unknown;
}
