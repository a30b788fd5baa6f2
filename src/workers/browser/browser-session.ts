import type { GivenLogin, LoginSession } from '../../shared/domain/browser-login.ts';
import type { ActionRisk, BrowserAction, BrowserFaultCode, PageTarget, PersonInput } from '../../shared/domain/browser.ts';

/** Where a session may go, and what it may use. */
export interface SessionPolicy {
  /** Sites of the plan, as `siteEntry`. */
  readonly sites: () => readonly string[];
  /** Hosts in private networks that the person allows; without one, private, link-local and metadata addresses are blocked. */
  readonly allowedHosts: readonly string[];
  /** Folders out of which files may be uploaded, real paths. */
  readonly uploadFolders: readonly string[];
}

export interface OpenSession {
  /** The browser's program. */
  readonly browserPath: string;
  /** Of this task alone. */
  readonly profileDir: string;
  /** What is downloaded lies here, renamed and never opened. */
  readonly quarantineDir: string;
  /** Where `{pid, start time, marker, job}` is written before the first page is opened. */
  readonly lifelineFile: string;
  readonly jobId: string;
  readonly policy: SessionPolicy;
  /** SECURITY: with the words of its secrets, which leave a session for fields of its hosts alone; null for none. */
  readonly login: GivenLogin | null;
  /** What the pages of one site may hold; `pageMemoryBytes` when absent. */
  readonly pageMemory?: number;
  readonly signal: AbortSignal;
}

export class BrowserFault extends Error {
  readonly code: BrowserFaultCode;
  /** What it is about, for a person, whose language has the rest: a site, a file, the number of an answer. Empty where the code says it all. */
  readonly subject: string;
  constructor(code: BrowserFaultCode, message: string, subject = '') {
    super(message);
    this.name = 'BrowserFault';
    this.code = code;
    this.subject = subject;
  }
}

/** The action was done, and the page asked something that nobody had an answer to: it was answered with no. */
export class PageQuestion extends BrowserFault {
  /** The page's own words. */
  readonly question: string;
  /** `told` is what has come of the action with that answer. */
  constructor(question: string, told: string) {
    super(
      'dialog_open',
      `The page asked “${question}”, and the answer was no. If that was wrong, do the same again with dialog: "yes", or the words that it asks for.\n${told}`,
    );
    this.question = question;
  }
}

/** What is known of an action before it is done. */
export interface ActionPreview {
  /** Null for an action that nobody has to be asked about. */
  readonly risk: ActionRisk | null;
  /** Of the element, for a person: its role and name. Null where the action has none. */
  readonly element: { readonly role: string; readonly name: string } | null;
  /** Means the same element on the next load of the page, for a recipe; null where nothing does. */
  readonly durable: PageTarget | null;
  /** Exactly where it goes: the address of a form or a link, else of the page. */
  readonly destination: string;
  /** It is a field that hides what is typed into it. */
  readonly hidesWords: boolean;
  /** What would be sent with it: the fields of the form by name, secrets as their names. */
  readonly payload: Readonly<Record<string, string>> | null;
  /** The file that an upload would give away. */
  readonly file?: { readonly name: string; readonly byteCount: number };
}

/** What came of an action. */
export interface ActionOutcome {
  readonly url: string;
  readonly title: string;
  /** For a model: what has changed on the page since the last snapshot, or what was asked for; within the cap. */
  readonly text: string;
  readonly file: { readonly path: string; readonly name: string; readonly byteCount: number } | null;
  /** Of an upload: the page has sent nothing since it was given the file. */
  readonly staysOnPage?: boolean;
  /** Rows of an `extract`. */
  readonly rows: readonly Readonly<Record<string, string | number | null>>[] | null;
  /** Of an `open`: what the server answered with, where that is an error. */
  readonly httpError?: number | null;
}

/** A picture of what the page shows; JPEG. */
export interface PagePicture {
  readonly jpeg: Uint8Array;
  readonly width: number;
  readonly height: number;
}

/** A Chromium of one task. Every method throws a `BrowserFault` where the page or the policy is against it. */
export interface BrowserSession {
  /** Looks and does nothing. */
  preview(action: BrowserAction): Promise<ActionPreview>;
  perform(action: BrowserAction): Promise<ActionOutcome>;
  /** What is visible; with a frame around the target's element where one is named. Fields that a secret was typed into are covered. */
  picture(marked?: PageTarget): Promise<PagePicture>;
  /** The next changed picture for a person who looks; null when nothing has changed until the signal fires. */
  nextFrame(signal: AbortSignal): Promise<PagePicture | null>;
  /** Nobody looks any more. */
  stopFrames(): Promise<void>;
  /** While a person holds the browser, actions are refused with `person_holds`. */
  hold(byPerson: boolean): void;
  /** What a person who has taken over does. */
  input(events: readonly PersonInput[]): Promise<void>;
  tabs(): Promise<readonly { readonly index: number; readonly title: string; readonly url: string; readonly isShown: boolean }[]>;
  /** Requests that the policy has stopped since the last call, by address without its query. */
  takeBlocked(): readonly string[];
  /** What makes it signed in to the hosts of its login; null without a login, or where the page does not answer. */
  loginSession(): Promise<LoginSession | null>;
  /** Everything ends: pages, browser, its whole tree of processes, the lifeline file. */
  close(): Promise<void>;
}
