import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { BrowserStepDone } from '../../shared/contract/worker/browser-steps.ts';
import type { TaskInput } from '../../shared/contract/worker/tasks.ts';
import {
  effectOfAction,
  leavesOpen,
  type BrowserAction,
  type BrowserFaultCode,
  type ExtractedTable,
  type PageTarget,
} from '../../shared/domain/browser.ts';
import { asNamed } from '../../shared/domain/asked-action.ts';
import { lastingAction } from '../../shared/domain/lasting-action.ts';
import type { Language } from '../../shared/domain/language.ts';
import { EffectNotDone } from '../../shared/domain/task-failure.ts';
import { readDocument } from '../agent/tools/read-document.ts';
import type { ApprovalRequest, ToolContext, ToolResult } from '../agent/tools/tool.ts';
import type { TaskContext } from '../runtime/task-context.ts';
import {
  BrowserFault,
  PageQuestion,
  type ActionOutcome,
  type ActionPreview,
  type BrowserSession,
  type OpenSession,
} from './browser-session.ts';
import { browserWords } from './browser-words.ts';
import { withAnswer } from './dialog-answer.ts';
import { linksIn } from '../agent/tools/page-markdown.ts';
import { rowsText } from './rows-text.ts';
import { followOrders, type FollowedOrders } from './follow-orders.ts';
import { restorePage } from './restore-page.ts';
import { limitForModel, limitForPerson } from './task-limit-words.ts';
import { createTaskLimits, limitOf } from './task-limits.ts';

/** As a line of the trace bounds them. */
const toldLimit = 2_000;
const urlLimit = 4_096;
const titleLimit = 500;
/** Rows that a model is shown of an extract; all of them are kept. */
const shownRows = 100;
/** Characters of a page's text that are kept as a source. */
const keptLimit = 2_000_000;
/** Links that a model is told of a page it has read: a list of results has some dozens. */
const linksTold = 40;
/** Of a kept page's title. */
const keptTitleLimit = 300;

/** Of these the page as it is says why. */
const showsWhy: ReadonlySet<BrowserFaultCode> = new Set([
  'not_found',
  'ambiguous',
  'occluded',
  'disabled',
  'assertion_failed',
  'http_error',
  'no_rows',
]);

export interface BrowserHandParams {
  readonly input: Pick<TaskInput<'browser.run'>, 'jobId' | 'browserPath' | 'folder' | 'login' | 'sites' | 'before' | 'spent'>;
  readonly language: Language;
  /** Who reads why nothing more is done: a recipe has no model that would answer. */
  readonly toldTo: 'model' | 'person';
  readonly allowedHosts: readonly string[];
  readonly uploadFolders: readonly string[];
  readonly context: Pick<TaskContext<'browser.run'>, 'hostCall' | 'signal' | 'log'>;
  readonly openSession: (given: OpenSession) => Promise<BrowserSession>;
}

/** What tools of a browser task do their work with: a browser that is opened when it is first needed. */
export interface BrowserHand {
  /** The person has agreed to these sites. */
  allow(sites: readonly string[]): Promise<void>;
  /** What a person has to be asked before the action; null for nothing. Throws no fault of a page: that is told by `perform`. */
  asks(action: BrowserAction, why: string, context: ToolContext): Promise<ApprovalRequest | null>;
  /** Throws `EffectNotDone` for an action on the other side that was not done for sure. */
  perform(action: BrowserAction, why: string, context: ToolContext): Promise<ToolResult>;
  /** What the person is told of a task that ran into one of its limits; null for one that did not. */
  stopped(): string | null;
  close(): Promise<void>;
}

interface Opened {
  readonly session: BrowserSession;
  readonly orders: FollowedOrders;
}

/** What is known of a call before it is made. */
type Looked = { readonly preview: ActionPreview; readonly action: BrowserAction } | { readonly fault: BrowserFault };

/** Place of a call, the same in the name of its step and of its effect. */
const placeOf = ({ stepKey }: ToolContext) => stepKey.slice(stepKey.indexOf(':') + 1);
const turnOf = (place: string) => Number(place.split('.')[0]);

export function createBrowserHand({
  input,
  language,
  toldTo,
  allowedHosts,
  uploadFolders,
  context,
  openSession,
}: BrowserHandParams): BrowserHand {
  const say = browserWords[language];
  const sites = new Set(input.sites);
  const looked = new Map<string, Looked>();
  const traced = new Set<string>();
  let opening: Promise<Opened> | null = null;
  let orders: FollowedOrders | null = null;
  /** Refs that a model was given up to this turn are of a page that was opened anew since. */
  let restoredIn = 0;
  // Where an earlier attempt was is where this one opens its browser.
  const { url = '', title = '' } = input.before.findLast(({ entry }) => entry.url !== '')?.entry ?? {};
  let page = { url, title };
  /** What a page asked last and was refused. The trace has it, so that who is asked again after a wait is asked the same. */
  let question = input.before.findLast(({ entry }) => entry.outcome === 'dialog_open')?.entry.told ?? null;
  const stoppedBefore = input.before.map(({ entry }) => limitOf(entry.outcome)).find(limit => limit !== null) ?? null;
  /** It has refused an action. */
  let isStopped = stoppedBefore !== null;
  const limits = createTaskLimits({
    steps: input.spent.steps,
    stoppedBy: stoppedBefore,
    workedMs: () => input.spent.ms + (orders?.workedMs() ?? 0),
  });

  const profileDir = join(input.folder, 'profile');
  /** SECURITY: what the browser itself writes of a login is no longer there than the browser; the next one gets it from the login. */
  async function removeProfile(): Promise<void> {
    if (input.login !== null) await rm(profileDir, { recursive: true, force: true, maxRetries: 3 });
  }
  /** So that the next browser begins signed in: this task's after a wait or a crash, or another task's. */
  async function keepSession(session: BrowserSession): Promise<void> {
    const kept = await session.loginSession();
    if (kept === null || context.signal.aborted) return;
    await context.hostCall('browser.session', { session: kept }).catch((error: unknown) => {
      context.log('warn', `That the login is signed in could not be kept: ${String(error)}`);
    });
  }

  async function openNow(turn: number): Promise<Opened> {
    await removeProfile();
    const session = await openSession({
      browserPath: input.browserPath,
      profileDir,
      quarantineDir: join(input.folder, 'downloads'),
      lifelineFile: `${input.folder}.json`,
      jobId: input.jobId,
      policy: { sites: () => [...sites], allowedHosts, uploadFolders },
      login: input.login,
      signal: context.signal,
    });
    orders = followOrders(session, context, () => keepSession(session));
    if (await restorePage(session, input.before)) restoredIn = turn;
    return { session, orders };
  }
  function open(place: string): Promise<Opened> {
    opening ??= openNow(turnOf(place));
    return opening;
  }

  /** SECURITY: a ref of an earlier browser may mean another element by now; only what lasts is taken for the same. */
  function current(action: BrowserAction, place: string): BrowserAction {
    if (turnOf(place) > restoredIn) return action;
    const known = input.before.find(({ entry }) => entry.step === stepName(action, place));
    const lasting = lastingAction(action, known?.durable ?? null);
    if (lasting === null) throw new BrowserFault('stale_ref', say.stale);
    return lasting;
  }

  async function picture(session: BrowserSession, marked?: PageTarget): Promise<string | null> {
    const taken = await session.picture(marked).catch(() => null);
    return taken === null ? null : Buffer.from(taken.jpeg).toString('base64');
  }

  interface Line {
    readonly place: string;
    readonly action: BrowserAction;
    readonly why: string;
    readonly outcome: BrowserStepDone['entry']['outcome'];
    readonly told?: string;
    readonly durable?: PageTarget | null;
    readonly picture?: string | null;
    readonly table?: Pick<ExtractedTable, 'columns' | 'rows'> | null;
    readonly file?: ActionOutcome['file'];
    readonly isSecret?: boolean;
    readonly staysOnPage?: boolean;
  }
  async function trace({ place, action, why, outcome, told = '', durable = null, isSecret = false, ...rest }: Line) {
    const { picture: shown = null, table = null, file = null, staysOnPage = false } = rest;
    await context.hostCall('browser.traced', {
      entry: {
        step: stepName(action, place),
        action,
        why,
        url: page.url.slice(0, urlLimit),
        title: page.title.slice(0, titleLimit),
        outcome,
        told: told.slice(0, toldLimit).toWellFormed(),
        ...(isSecret ? { isSecret } : {}),
        ...(staysOnPage ? { staysOnPage } : {}),
      },
      durable,
      picture: shown,
      table,
      file,
      workedMs: orders?.takeWorked() ?? 0,
    });
    traced.add(place);
  }

  /** Looks at what the action would do, on the page as it is now. */
  async function lookAt(action: BrowserAction, place: string): Promise<Looked> {
    try {
      const { session, orders: following } = await open(place);
      await following.whenFree();
      const now = current(action, place);
      return { preview: withAnswer(await session.preview(now), now, question), action: now };
    } catch (error) {
      if (error instanceof BrowserFault) return { fault: error };
      throw error;
    }
  }

  /** A page that was read becomes a source of the chat; what is shown of it can be cited. */
  async function asSource(name: string, text: string, as: 'markdown' | 'plain', tools: ToolContext): Promise<ToolResult | null> {
    if (text.trim() === '') return null;
    const kept = await context
      .hostCall('browser.page', {
        step: tools.stepKey,
        title: (page.title || page.url).slice(0, keptTitleLimit),
        url: page.url.slice(0, urlLimit),
        text: text.slice(0, keptLimit).toWellFormed(),
        as,
      })
      .catch((error: unknown) => {
        context.signal.throwIfAborted();
        context.log('warn', `${name}: the page could not be kept as a source: ${String(error)}`);
        return null;
      });
    if (kept === null) return null;
    const documents = [{ ...kept, isReady: true }];
    return readDocument.run({ documentId: kept.documentId, start: 0 }, { ...tools, input: { ...tools.input, documents } });
  }

  async function resultOf(
    action: BrowserAction,
    outcome: ActionOutcome,
    blocked: readonly string[],
    tools: ToolContext,
  ): Promise<ToolResult> {
    const head = [`${outcome.title} — ${outcome.url}`];
    if (blocked.length > 0) head.push(`${say.blocked}: ${blocked.join(', ')}`);
    if (outcome.file !== null) head.push(say.file(outcome.file.name, outcome.file.byteCount));
    if (outcome.rows !== null) head.push(say.rows(outcome.rows.length));
    const table = tableOf(action, outcome);
    const text = table === null ? outcome.text : rowsText({ ...table, rows: table.rows.slice(0, shownRows) });
    const isPage = action.do === 'read';
    const citable = isPage || table !== null ? await asSource(action.do, text, isPage ? 'markdown' : 'plain', tools) : null;
    if (citable === null || citable.isError === true) return { text: [...head, '', text].join('\n') };
    // A source holds the words that can be cited, and no addresses.
    const ways = isPage
      ? linksIn(text)
          .slice(0, linksTold)
          .map(({ words, url }) => `- ${words}: ${url}`)
      : [];
    return { ...citable, text: [...head, '', citable.text, ...(ways.length === 0 ? [] : ['', `${say.links}:`, ...ways])].join('\n') };
  }

  return {
    async allow(more) {
      await context.hostCall('browser.sites', { sites: [...more] });
      for (const site of more) sites.add(site);
    },

    async asks(action, why, tools) {
      const place = placeOf(tools);
      const isAct = effectOfAction[action.do] === 'act';
      if (limits.reached() !== null || sites.size === 0 || (!isAct && !byRef(action) && action.do !== 'type')) return null;
      const seen = await lookAt(action, place);
      looked.set(place, seen);
      if ('fault' in seen) return null;
      const { risk, element, destination, payload, durable, file } = seen.preview;
      const { session } = await open(place);
      if ((isAct || risk !== null) && !traced.has(place)) {
        const marked = targetOf(seen.action);
        // Before anybody is asked or anything is done: a card shows it, also one that nobody knows the outcome of.
        await trace({ place, action, why, outcome: null, durable, picture: await picture(session, marked) });
      }
      if (risk === null) return null;
      // The browser is closed while a person thinks.
      await keepSession(session);
      const named = element === null ? destination : `${element.name || element.role}`;
      return {
        action:
          file === undefined
            ? { does: 'act_on_page', risk, element: asNamed(named) }
            : { does: 'give_file', name: asNamed(file.name), byteCount: file.byteCount, element: asNamed(named) },
        destination,
        payload: JSON.stringify(payload ?? {}),
      };
    },

    async perform(action, why, tools) {
      const place = placeOf(tools);
      const isAct = effectOfAction[action.do] === 'act';
      const notDone = (text: string): ToolResult => {
        // SECURITY: what was not done is said to be not done, so that a yes that was given for it is used up.
        if (isAct) throw new EffectNotDone('not_done', text, { retryable: false });
        return { text, isError: true };
      };
      const over = limits.reached();
      if (over !== null) {
        // Told once: the person sees where the task was stopped, and a later attempt knows.
        if (!isStopped) await trace({ place, action, why, outcome: over, told: limitForPerson(over, language) });
        isStopped = true;
        return notDone(toldTo === 'model' ? limitForModel(over, language) : limitForPerson(over, language));
      }
      if (sites.size === 0) return notDone(say.planFirst);
      const seen = looked.get(place);
      looked.delete(place);
      let session: BrowserSession;
      let now: BrowserAction;
      try {
        // SECURITY: an action on the other side is done only as it was looked at, which is what decided whether a person is asked.
        if (seen !== undefined && 'fault' in seen) throw seen.fault;
        if (isAct && seen === undefined) throw new BrowserFault('stale_ref', say.stale);
        const opened = await open(place);
        session = opened.session;
        await opened.orders.whenFree();
        now = seen === undefined ? current(action, place) : seen.action;
        const outcome = await session.perform(now);
        page = outcome;
        if (toldTo === 'person') expectResult(now, outcome);
        if (isAct) await keepSession(session);
        const blocked = session.takeBlocked();
        limits.done(`${outcome.url}\n${outcome.text}`);
        await trace({
          place,
          action,
          why,
          outcome: 'done',
          told: outcome.text,
          durable: seen === undefined ? null : seen.preview.durable,
          picture: isAct || isQuiet(action) ? null : await picture(session),
          table: tableOf(action, outcome),
          file: outcome.file,
          staysOnPage: outcome.staysOnPage === true,
          isSecret: action.do === 'type' && seen?.preview.hidesWords === true,
        });
        return await resultOf(action, outcome, blocked, tools);
      } catch (error) {
        if (!(error instanceof BrowserFault)) throw error;
        limits.failed();
        const isSecret = action.do === 'type' && seen !== undefined && 'preview' in seen && seen.preview.hidesWords;
        // One that a person was asked about has its picture, with the element marked.
        const isShown = showsWhy.has(error.code) && !traced.has(place);
        const shown = isShown ? await picture((await open(place)).session) : null;
        if (error instanceof PageQuestion) question = error.question.slice(0, toldLimit).toWellFormed();
        const told = error instanceof PageQuestion ? error.question : error.subject;
        await trace({ place, action, why, outcome: error.code, told, isSecret, picture: shown });
        const text = `${error.code}: ${error.message}`;
        // It is done, as far as a no lets it be.
        if (error instanceof PageQuestion) return { text, isError: true };
        if (isAct && leavesOpen.has(error.code) && !(seen !== undefined && 'fault' in seen))
          return { text: `${text} ${say.unknownOutcome}`, isError: true };
        if (error.code === 'stale_ref' && turnOf(place) <= restoredIn) {
          const shown = await (await open(place)).session.perform({ do: 'snapshot', whole: true }).catch(() => null);
          if (shown !== null) return notDone(`${text}\n${say.isOpenAgain}\n${shown.text}`);
        }
        return notDone(text);
      }
    },

    stopped() {
      const limit = isStopped ? limits.reached() : null;
      return limit === null ? null : limitForPerson(limit, language);
    },

    async close() {
      const last = opening;
      opening = null;
      const opened = await last?.catch(() => null);
      await opened?.orders.stop();
      if (opened) await keepSession(opened.session);
      await opened?.session.close();
      // SECURITY: one that could not be opened to the end may hold a login already.
      if (last !== null) await removeProfile();
    },
  };
}

/** A model reads what came of an action and goes on as it sees fit; a recipe would go on with nothing, and be told as done. */
function expectResult(action: BrowserAction, { httpError, rows }: ActionOutcome): void {
  if (httpError != null) throw new BrowserFault('http_error', `The server answered ${httpError}.`, String(httpError));
  if (action.do === 'extract' && action.schema.mayBeEmpty !== true && rows?.length === 0)
    throw new BrowserFault('no_rows', `Nothing on the page is “${action.schema.rows}”.`, action.schema.rows);
}

/** Of the trace: the effect's own for what acts on the other side. */
function stepName(action: BrowserAction, place: string): string {
  return `${effectOfAction[action.do] === 'act' ? 'act' : 'tool'}:${place}`;
}

function targetOf(action: BrowserAction): PageTarget | undefined {
  return 'target' in action && action.target !== null ? action.target : undefined;
}

function byRef(action: BrowserAction): boolean {
  const target = action.do === 'scroll' && typeof action.to !== 'string' ? action.to : targetOf(action);
  return target?.by === 'ref';
}

/** Of these a picture shows nothing that the one before does not. */
const quiet: ReadonlySet<BrowserAction['do']> = new Set(['find', 'wait', 'assert', 'tabs', 'snapshot']);
function isQuiet(action: BrowserAction): boolean {
  return quiet.has(action.do);
}

function tableOf(action: BrowserAction, { rows }: ActionOutcome): Pick<ExtractedTable, 'columns' | 'rows'> | null {
  if (action.do !== 'extract' || rows === null) return null;
  return { columns: action.schema.fields.map(({ name }) => name), rows: rows.map(row => ({ ...row })) };
}
