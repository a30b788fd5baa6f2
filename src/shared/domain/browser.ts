import { z } from 'zod';
import { epochMs, jobId, sha256Hex } from './ids.ts';

/** Characters of an address, as servers commonly take it. */
export const pageAddress = z.string().min(1).max(4_096);

/** Characters that a step types at most: a letter of several pages. */
const typedLimit = 20_000;

/**
 * What on a page is meant. `ref` is a name of the last snapshot and of it alone; the others outlive a page's next load, so that a
 * recipe may hold them. Each must mean exactly one visible element.
 */
export const pageTarget = z.discriminatedUnion('by', [
  z.strictObject({
    by: z.literal('ref'),
    ref: z
      .string()
      .regex(/^[a-z]*\d*e\d+$/u)
      .max(40),
  }),
  z.strictObject({
    by: z.literal('role'),
    role: z.string().min(1).max(40),
    name: z.string().max(500),
    nth: z.int().nonnegative().default(0),
  }),
  z.strictObject({ by: z.literal('label'), text: z.string().min(1).max(500) }),
  z.strictObject({ by: z.literal('text'), text: z.string().min(1).max(500) }),
  z.strictObject({ by: z.literal('css'), css: z.string().min(1).max(1_000) }),
]);
export type PageTarget = z.output<typeof pageTarget>;

/**
 * A value that is typed. SECURITY: a secret of the task's login (`user` or `password`) is named here and filled in by the worker, on the
 * login's own hosts alone; its words reach no model, record or picture.
 */
export const typedValue = z.union([
  z.strictObject({ text: z.string().max(typedLimit) }),
  z.strictObject({ secret: z.string().min(1).max(100) }),
]);

/**
 * What a question that the page asks in a dialog is answered with while the action is done: yes, no, or the words that it asks for.
 * Without it the answer is no, and the action is told as `dialog_open`.
 */
const dialogAnswer = z.string().min(1).max(500);

/** What is read out of each row: where it stands within the row, and what of it. */
export const extractField = z.strictObject({
  name: z.string().min(1).max(100),
  css: z.string().min(1).max(500),
  take: z.enum(['text', 'number', 'link', 'image']).default('text'),
});
export const extractSchema = z.strictObject({
  /** Every element that this selects is a row. */
  rows: z.string().min(1).max(500),
  fields: z.array(extractField).min(1).max(30),
  limit: z.int().min(1).max(10_000).default(1_000),
  /** A recipe goes on where there is no row; without it that is a fault. */
  mayBeEmpty: z.literal(true).optional(),
});
export type ExtractSchema = z.output<typeof extractSchema>;

/** Everything that can be done in a browser, one step each. The first part of a name is the tool's: `browser_<do>`. */
export const browserAction = z.discriminatedUnion('do', [
  z.strictObject({ do: z.literal('open'), url: pageAddress }),
  z.strictObject({ do: z.literal('back') }),
  z.strictObject({ do: z.literal('snapshot'), whole: z.boolean().default(false) }),
  z.strictObject({ do: z.literal('find'), text: z.string().min(1).max(500) }),
  z.strictObject({ do: z.literal('click'), target: pageTarget, dialog: dialogAnswer.optional() }),
  z.strictObject({ do: z.literal('type'), target: pageTarget, value: typedValue }),
  z.strictObject({ do: z.literal('select'), target: pageTarget, options: z.array(z.string().max(500)).min(1).max(50) }),
  z.strictObject({
    do: z.literal('press'),
    key: z.string().min(1).max(40),
    target: pageTarget.nullable().default(null),
    dialog: dialogAnswer.optional(),
  }),
  z.strictObject({ do: z.literal('scroll'), to: z.union([z.enum(['down', 'up', 'end', 'start']), pageTarget]) }),
  z.strictObject({
    do: z.literal('wait'),
    for: z.union([z.strictObject({ text: z.string().min(1).max(500) }), z.strictObject({ ms: z.int().min(1).max(30_000) })]),
  }),
  z.strictObject({ do: z.literal('read') }),
  z.strictObject({ do: z.literal('extract'), schema: extractSchema }),
  z.strictObject({ do: z.literal('screenshot'), whole: z.boolean().default(false) }),
  z.strictObject({ do: z.literal('download'), target: pageTarget }),
  z.strictObject({ do: z.literal('upload'), target: pageTarget, path: z.string().min(1).max(4_096) }),
  z.strictObject({
    do: z.literal('tabs'),
    tab: z
      .strictObject({ show: z.int().nonnegative() })
      .or(z.strictObject({ close: z.int().nonnegative() }))
      .nullable()
      .default(null),
  }),
  z.strictObject({
    do: z.literal('assert'),
    that: z.union([
      z.strictObject({ text: z.string().min(1).max(500) }),
      z.strictObject({ url: z.string().min(1).max(500) }),
      z.strictObject({ gone: z.string().min(1).max(500) }),
    ]),
  }),
]);
export type BrowserAction = z.output<typeof browserAction>;
export type BrowserActionName = BrowserAction['do'];

/**
 * What an action does to the world. `read` looks; `page` changes the page alone and is done again after a restart of the browser;
 * `act` may change something on the other side: it is written into the journal before and after, and never repeated.
 */
export const effectOfAction = {
  open: 'page',
  back: 'page',
  snapshot: 'read',
  find: 'read',
  click: 'act',
  type: 'page',
  select: 'page',
  press: 'act',
  scroll: 'page',
  wait: 'read',
  read: 'read',
  extract: 'read',
  screenshot: 'read',
  download: 'act',
  upload: 'act',
  tabs: 'page',
  assert: 'read',
} as const satisfies Record<BrowserActionName, 'read' | 'page' | 'act'>;

/** What one `extract` has read, with where it was read. */
export const extractedTable = z.strictObject({
  /** Name of the step that read it. */
  step: z.string().max(200),
  url: pageAddress,
  title: z.string().max(500),
  columns: z.array(z.string().max(100)).min(1).max(30),
  rows: z.array(z.record(z.string(), z.union([z.string(), z.number(), z.null()]))).max(10_000),
});
export type ExtractedTable = z.output<typeof extractedTable>;

/** What a task may spend at most; once it has, nothing more is done in its browser. */
export const taskLimitNames = ['limit_steps', 'limit_time', 'limit_failures', 'limit_still'] as const;
export type TaskLimitName = (typeof taskLimitNames)[number];

/** Why an action was not done, for a model and for a person alike. */
export const browserFaults = [
  'stale_ref',
  'not_found',
  'ambiguous',
  'occluded',
  'disabled',
  'dialog_open',
  'timeout',
  'not_allowed',
  'private_address',
  'unknown_host',
  'unreachable',
  'http_error',
  'download_blocked',
  'too_large',
  'assertion_failed',
  'page_crashed',
  'page_too_large',
  'page_hung',
  'browser_gone',
  'no_rows',
  'no_secret',
  'secret_refused',
  'person_holds',
  ...taskLimitNames,
] as const;
export type BrowserFaultCode = (typeof browserFaults)[number];

/** After these, whether an action took effect is not known; after any other fault nothing has happened. */
export const leavesOpen: ReadonlySet<string> = new Set<BrowserFaultCode>([
  'timeout',
  'page_crashed',
  'page_too_large',
  'page_hung',
  'browser_gone',
]);

/** Why a person is asked before an action; nothing of it is asked of one that only reads. */
export const actionRisks = ['submit', 'pay', 'delete', 'send', 'upload', 'download', 'new_site', 'agree'] as const;
export type ActionRisk = (typeof actionRisks)[number];

/** Where a task may go: `name` or `name:port`, a leading `*.` for all below it. */
export const siteEntry = z.string().min(1).max(260);
export const siteLimit = 50;

/** What the plan of a task asks leave for, as the payload of its approval: the sites, and what will be done there. */
export const browserPlan = z.strictObject({
  sites: z.array(siteEntry).min(1).max(siteLimit),
  steps: z.array(z.string().max(500)).max(50).default([]),
});

/** Characters of a parameter's value. */
export const paramValueLimit = 2_000;
/** Parameters of one recipe: more than a person fills in. */
export const recipeParamLimit = 30;
/** A parameter's name: it stands between braces, so it has neither spaces nor braces of its own. */
export const paramName = z.string().regex(/^[\p{L}\w-]{1,60}$/u);

const recipeParam = z
  .strictObject({
    name: paramName,
    default: z.string().max(paramValueLimit).nullable().default(null),
    /** Typed into a field that hides it, or named like a key: asked for at each run and no part of the recipe. */
    isSecret: z.literal(true).optional(),
  })
  // SECURITY: what is secret has no value that a file or a list of recipes would show.
  .refine(({ default: usual, isSecret }) => isSecret !== true || usual === null, {
    path: ['default'],
    message: 'A secret parameter has no default.',
  });
export type RecipeParam = z.output<typeof recipeParam>;

/** What parameters are given for one run, by name. */
export const paramValues = z.record(z.string(), z.string().max(paramValueLimit));

/** Of a saved recipe. */
export const recipeId = z.uuid();

/** A task that runs without a model. `{{name}}` in a text stands for a parameter. */
export const recipe = z.strictObject({
  name: z.string().min(1).max(200),
  /** The sites it may go to. */
  sites: z.array(siteEntry).min(1).max(siteLimit),
  params: z.array(recipeParam).max(recipeParamLimit).default([]),
  steps: z
    .array(z.strictObject({ action: browserAction, why: z.string().max(500).default('') }))
    .min(1)
    .max(500),
});
export type Recipe = z.output<typeof recipe>;

/** What becomes of an action that was looked at and not done. */
export const unsentOutcomes = ['asked', 'declined', 'not_done'] as const;

export type StepOutcome = 'done' | (typeof unsentOutcomes)[number] | BrowserFaultCode;

/** One line of what a task has done. */
export const browserTraceEntry = z.strictObject({
  /** Name of the step that recorded it. */
  step: z.string().max(200),
  action: browserAction,
  /** The agent's or the recipe's own reason. */
  why: z.string().max(2_000),
  url: z.string().max(4_096),
  title: z.string().max(500),
  /**
   * Null while it is being done and after one that nobody knows the outcome of. Of one that was not sent: `asked` waits for the
   * person's leave, `declined` had none, `not_done` was left undone for another reason.
   */
  outcome: z.enum(['done', ...unsentOutcomes, ...browserFaults]).nullable(),
  /** Words on what came of it. */
  told: z.string().max(2_000),
  /** Words were typed into a field that hides them: no recipe repeats them, and no window is told them. */
  isSecret: z.literal(true).optional(),
  /** Of an upload: its form holds the file and has sent nothing yet, so that a page that is opened anew is given it again. */
  staysOnPage: z.literal(true).optional(),
  /** JPEG in the artifacts; null where there is none. */
  screenshot: sha256Hex.nullable(),
  atMs: epochMs,
});
export type BrowserTraceEntry = z.output<typeof browserTraceEntry>;

/** What a task's tab shows. */
export const browserView = z.strictObject({
  jobId,
  /** Who moves the mouse; `nobody` while the browser is not running. */
  holder: z.enum(['task', 'person', 'nobody']),
  isPaused: z.boolean(),
  sites: z.array(siteEntry).max(siteLimit),
  tabs: z
    .array(z.strictObject({ index: z.int().nonnegative(), title: z.string().max(500), url: z.string().max(4_096), isShown: z.boolean() }))
    .max(50),
  trace: z.array(browserTraceEntry).max(1_000),
  /** Of a task that a saved recipe was begun by and has failed: what can be mended. */
  recipeId: recipeId.optional(),
});
export type BrowserView = z.output<typeof browserView>;

/** What a person who has taken over does, in CSS pixels of the page. */
export const personInput = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('mouse'),
    what: z.enum(['move', 'down', 'up']),
    x: z.number(),
    y: z.number(),
    button: z.enum(['left', 'right', 'middle']).default('left'),
  }),
  z.strictObject({ type: z.literal('wheel'), x: z.number(), y: z.number(), dx: z.number(), dy: z.number() }),
  z.strictObject({ type: z.literal('key'), what: z.enum(['down', 'up']), key: z.string().min(1).max(40) }),
  z.strictObject({ type: z.literal('text'), text: z.string().min(1).max(2_000) }),
]);
export type PersonInput = z.output<typeof personInput>;
