import { z } from 'zod';
import {
  browserAction,
  effectOfAction,
  siteEntry,
  siteLimit,
  type BrowserAction,
  type BrowserActionName,
} from '../../shared/domain/browser.ts';
import type { Tool } from '../agent/tools/tool.ts';
import type { BrowserHand } from './browser-hand.ts';
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

/** The input of an action's tool: the action's own fields, and the reason. */
function inputOf(option: (typeof browserAction.options)[number]): z.ZodType<Record<string, unknown>> {
  const { do: _, ...fields } = option.shape;
  return z.strictObject({ ...fields, why });
}

/** One tool for each action, and two for the sites. `hand` does the work. */
export function browserTools(hand: BrowserHand): readonly Tool[] {
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
    asksFirst: (_, { input: { language } }) => ({ title: browserWords[language].plan, destination: null }),
  };
  const siteTool: Tool<z.output<typeof site>> = {
    name: 'browser_site',
    description: described('site'),
    input: site,
    ...agreedTo,
    asksFirst: ({ sites }, { input: { language } }) => ({
      title: browserWords[language].site(sites.join(', ').slice(0, whyLimit)),
      destination: sites.join(', '),
    }),
  };

  function toolOf(option: (typeof browserAction.options)[number]): Tool<Record<string, unknown>> {
    const name = option.shape.do.value;
    const asked = ({ why: reason, ...fields }: Record<string, unknown>): Asked => ({
      action: browserAction.parse({ do: name, ...fields }),
      why: typeof reason === 'string' ? reason : '',
    });
    return {
      name: toolOfAction(name),
      description: described(name),
      input: inputOf(option),
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
  return [planTool, ...browserAction.options.map(toolOf), siteTool];
}
