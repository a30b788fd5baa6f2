import { z } from 'zod';
import {
  browserAction,
  effectOfAction,
  extractSchema,
  siteEntry,
  siteLimit,
  type BrowserAction,
  type BrowserActionName,
} from '../../shared/domain/browser.ts';
import { loginSecretNames } from '../../shared/domain/browser-login.ts';
import type { Tool } from '../agent/tools/tool.ts';
import type { BrowserHand } from './browser-hand.ts';
import { asNamed } from '../../shared/domain/asked-action.ts';
import { browserWords } from './browser-words.ts';

/** Characters of a reason. */
const whyLimit = 500;
const why = z.string().max(whyLimit).default('').describe('What this is for, in a few words');

const plan = z.strictObject({
  sites: z.array(siteEntry).min(1).max(siteLimit),
  steps: z.array(z.string().min(1).max(500)).min(1).max(50).describe('What will be done, in words'),
});
const site = z.strictObject({ sites: z.array(siteEntry).min(1).max(siteLimit) });

/** The name of the tool that does an action. */
export function toolOfAction(name: BrowserActionName): string {
  return `browser_${name}`;
}

/** What is to be done and why, from the input of its tool. */
interface Asked {
  readonly action: BrowserAction;
  readonly why: string;
}

const ref = z.string().max(40).describe('Of the last snapshot, such as e12');
const dialog = z.string().optional().describe('Answer if the page asks: yes, no or words');

/**
 * What a model is told of an action's input where that is less than the whole: it has the names of a snapshot and needs no other way to
 * say what it means, and a small context has no room for them.
 */
const told: Readonly<Partial<Record<BrowserActionName, z.ZodRawShape>>> = {
  click: { ref, dialog },
  type: { ref, text: z.string() },
  select: { ref, options: z.array(z.string()) },
  press: { key: z.string().describe('Such as Enter or ArrowDown'), ref: ref.optional(), dialog },
  scroll: { to: z.enum(['down', 'up', 'end', 'start']) },
  // A model reads that there was no row, and goes on as it sees fit.
  extract: { schema: extractSchema.omit({ mayBeEmpty: true }) },
  download: { ref },
  upload: { ref, path: z.string().describe('A granted folder by its name and the file in it, such as Notes/plan.pdf') },
};

/** The action's own fields out of what a model was told to write; a recipe has them already. */
function ownFields(name: BrowserActionName, given: unknown): unknown {
  if (typeof given !== 'object' || given === null || told[name] === undefined) return given;
  const { ref: named, text, secret, ...rest } = given as Record<string, unknown>;
  const value = secret === undefined ? (text === undefined ? {} : { value: { text } }) : { value: { secret } };
  return {
    ...rest,
    ...(named === undefined ? {} : { target: { by: 'ref', ref: named } }),
    ...value,
  };
}

/** The input of an action's tool: the action's own fields, and the reason. */
function inputOf(option: (typeof browserAction.options)[number]): z.ZodType<Record<string, unknown>> {
  const { do: name, ...fields } = option.shape;
  return z.preprocess(given => ownFields(name.value, given), z.strictObject({ ...fields, why }));
}

/** The ones that a task can least do without first: a small context has room for few. */
const byNeed: readonly BrowserActionName[] = [
  'open',
  'read',
  'click',
  'type',
  'snapshot',
  'find',
  'extract',
  'press',
  'select',
  'scroll',
  'back',
  'wait',
  'tabs',
  'download',
  'upload',
  'screenshot',
  'assert',
];

/** What a model types where the task has a login: words, or a secret by its name. */
function typingWith(hosts: readonly string[]): z.ZodRawShape {
  return {
    ref,
    text: z.string().optional(),
    secret: z
      .enum(loginSecretNames)
      .optional()
      .describe(`In place of text, on ${hosts.join(', ')}: filled in unseen`),
  };
}

/** One tool for each action, and two for the sites. `hand` does the work; `loginHosts` are those of the task's login, none without one. */
export function browserTools(hand: BrowserHand, loginHosts: readonly string[] = []): readonly Tool[] {
  const described = (name: keyof (typeof browserWords)['ru']['tools']) => ({
    ru: browserWords.ru.tools[name],
    en: browserWords.en.tools[name],
  });
  const agreedTo = {
    changesOutside: false,
    async run({ sites }: z.output<typeof site>, { input }: { readonly input: { readonly language: 'ru' | 'en' } }) {
      await hand.allow(sites);
      return { text: browserWords[input.language].agreed(sites.join(', ')) };
    },
  };
  const planTool: Tool<z.output<typeof plan>> = {
    name: 'browser_plan',
    description: described('plan'),
    input: plan,
    ...agreedTo,
    asksFirst: () => ({ action: { does: 'follow_plan' }, destination: null }),
  };
  const siteTool: Tool<z.output<typeof site>> = {
    name: 'browser_site',
    description: described('site'),
    input: site,
    ...agreedTo,
    asksFirst: ({ sites }) => ({
      action: { does: 'open_sites', sites: asNamed(sites.join(', ')) },
      destination: sites.join(', '),
    }),
  };

  function toolOf(option: (typeof browserAction.options)[number]): Tool<Record<string, unknown>> {
    const name = option.shape.do.value;
    const shape = name === 'type' && loginHosts.length > 0 ? typingWith(loginHosts) : told[name];
    const toldShape = shape === undefined ? undefined : z.strictObject({ ...shape, why });
    const asked = ({ why: reason, ...fields }: Record<string, unknown>): Asked => ({
      action: browserAction.parse({ do: name, ...fields }),
      why: typeof reason === 'string' ? reason : '',
    });
    return {
      name: toolOfAction(name),
      description: described(name),
      input: inputOf(option),
      ...(toldShape === undefined ? {} : { toldInput: () => toldShape }),
      changesOutside: effectOfAction[name] === 'act',
      asksWhenNeeded: true,
      asksFirst(given, context) {
        const { action, why: reason } = asked(given);
        return hand.asks(action, reason, context);
      },
      run(given, context) {
        const { action, why: reason } = asked(given);
        return hand.perform(action, reason, context);
      },
    };
  }
  const options = byNeed.flatMap(name => browserAction.options.filter(option => option.shape.do.value === name));
  return [planTool, ...options.map(toolOf), siteTool];
}
