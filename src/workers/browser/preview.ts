import type { ElementHandle, JSHandle, Page } from 'playwright-core';
import type { ActionRisk, BrowserAction, PageTarget } from '../../shared/domain/browser.ts';
import { BrowserFault, type ActionPreview, type OpenSession } from './browser-session.ts';
import { elementFacts, type ElementFacts } from './element-facts.ts';
import { grantedFile } from './granted-file.ts';
import { durableTarget, locate, roleAndName } from './locate.ts';
import { riskOfName } from './risk-words.ts';
import { isPlannedSite, isWebAddress } from './site-policy.ts';

/** Actions on one element, and which. */
function targetOf(action: BrowserAction): PageTarget | null {
  if (action.do === 'scroll') return typeof action.to === 'string' ? null : action.to;
  return 'target' in action ? action.target : null;
}

/** Keys that press what has the focus, alone or with others; `\r` and `\n` are names of Enter, too. */
const pressing = /(?:^|\+)(?:Enter|NumpadEnter|Space|[ \r\n])$/u;
const isEnter = (action: BrowserAction): boolean => action.do === 'press' && pressing.test(action.key) && !/(?:Space| )$/u.test(action.key);

/** Frames within frames that the focus is followed through. */
const frameDepth = 8;

/** SECURITY: a key without a target goes to what has the focus, wherever that stands; it is looked at like any other. */
async function previewOfKey(action: BrowserAction, page: Page, policy: OpenSession['policy']): Promise<ActionPreview> {
  const focused = await focusedElement(page);
  if (focused === null) return { risk: null, element: null, durable: null, destination: page.url(), hidesWords: false, payload: null };
  try {
    const facts = await elementFacts(focused, isEnter(action));
    return {
      risk: riskOf(action, facts, facts.text, policy),
      element: { role: facts.tag, name: facts.text },
      durable: null,
      destination: facts.form?.action ?? facts.href ?? page.url(),
      hidesWords: facts.hidesWords,
      payload: payloadOf(action, facts.form),
    };
  } finally {
    await focused.dispose();
  }
}

async function focusedElement(page: Page): Promise<ElementHandle | null> {
  let frame = page.mainFrame();
  for (let depth = 0; depth < frameDepth; depth += 1) {
    const found: JSHandle = await frame.evaluateHandle(
      '(() => { let at = document.activeElement; while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement; return at; })()',
    );
    const element: ElementHandle | null = found.asElement();
    const inner = (await element?.contentFrame()) ?? null;
    if (inner === null) return element;
    await found.dispose();
    frame = inner;
  }
  return null;
}

/** The last snapshot of the page, and what the task may do. */
export interface LookedAt {
  readonly refs: ReadonlySet<string>;
  readonly snapshot: string;
  readonly policy: OpenSession['policy'];
}

/** Looks at what an action would do, and does nothing. */
export async function previewAction(action: BrowserAction, page: Page, { refs, snapshot, policy }: LookedAt): Promise<ActionPreview> {
  const target = targetOf(action);
  if (target === null) {
    if (action.do === 'press' && pressing.test(action.key)) return previewOfKey(action, page, policy);
    const destination = action.do === 'open' ? action.url : page.url();
    return {
      risk: action.do === 'open' ? riskOfAddress(action.url, policy) : null,
      element: null,
      durable: null,
      destination,
      hidesWords: false,
      payload: null,
    };
  }
  // Before the page: a file that may not be given away is nobody's question.
  const file = action.do === 'upload' ? await grantedFile(action.path, policy.uploadFolders) : null;
  const element = await locate(page, target, refs);
  const sends = action.do === 'click' || (action.do === 'press' && pressing.test(action.key));
  const facts = await elementFacts(element, isEnter(action));
  const named = target.by === 'ref' ? roleAndName(snapshot, target.ref) : target.by === 'role' ? target : null;
  const name = named === null || named.name === '' ? facts.text : named.name;
  const form = sends ? facts.form : null;
  // SECURITY: what gives a file is pressed where the page hides the field; nothing else is pressed by that way.
  if (file !== null && (facts.form !== null || riskOfName(`${name} ${facts.text}`) !== null))
    throw new BrowserFault('not_allowed', `${name} does more than take a file. Choose the file first, and press it then.`);
  return {
    // What the page calls the button counts beside what the element is called: the words in one are not its name.
    risk: riskOf(action, facts, `${name} ${sends ? facts.text : ''}`, policy),
    element: { role: named?.role ?? facts.tag, name },
    durable: target.by === 'ref' ? await durableTarget(page, element, named, facts.css) : target,
    destination: form?.action ?? (sends ? facts.href : null) ?? page.url(),
    hidesWords: facts.hidesWords,
    payload: file === null ? payloadOf(action, form) : { file: file.path, bytes: String(file.byteCount) },
    ...(file === null ? {} : { file }),
  };
}

function riskOf(action: BrowserAction, facts: ElementFacts, name: string, policy: OpenSession['policy']): ActionRisk | null {
  switch (action.do) {
    case 'upload':
      return 'upload';
    case 'download':
      return 'download';
    case 'click':
    case 'press': {
      if (facts.href !== null && riskOfAddress(facts.href, policy) !== null) return 'new_site';
      const said = riskOfName(name);
      if (said !== null) return said;
      // A form that is only read by, such as a search, goes with its address; one that is posted leaves something there.
      if (facts.form !== null && facts.form.method !== 'get') return 'submit';
      return facts.form !== null && riskOfAddress(facts.form.action, policy) !== null ? 'new_site' : null;
    }
    default:
      return null;
  }
}

/** Addresses of other kinds, such as `mailto:`, lead nowhere in a task's browser. */
function riskOfAddress(address: string, policy: OpenSession['policy']): ActionRisk | null {
  const url = URL.parse(address);
  return url !== null && isWebAddress(url) && !isPlannedSite(url, policy.sites()) ? 'new_site' : null;
}

function payloadOf(action: BrowserAction, form: ElementFacts['form']): Readonly<Record<string, string>> | null {
  return form === null ? null : Object.fromEntries(form.fields);
}
