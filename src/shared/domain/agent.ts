import { z } from 'zod';
import { askedAction } from './asked-action.ts';
import { providerId } from './ids.ts';
import { citation } from './synopsis.ts';

/** Who works on a task: each has one file in `workers/agent/agents` with its prompt, tools, output and budgets. */
export const agentNames = ['assistant', 'synopsis_manager', 'planner', 'analyst', 'source_finder', 'browser'] as const;
export const agentName = z.enum(agentNames);
export type AgentName = (typeof agentNames)[number];

/** The program's own tools. Those of MCP servers are called `mcp__<server>__<tool>`. */
export const ownTools = [
  'search_material',
  'read_document',
  'read_result',
  'fetch_page',
  'search_web',
  'list_files',
  'read_file',
  'write_file',
  'add_source',
  'make_synopsis',
  'schedule_job',
  'ask_person',
  'run_in_background',
] as const;
export type OwnTool = (typeof ownTools)[number];

/** As every wire takes it. */
export const toolName = z.string().regex(/^[\w-]{1,64}$/u);

/** A task that the chat has begun is 1 deep, and one that it has begun 2: that begins none itself, or work would beget itself. */
export const deepestTask = 2;

/** A model as a run asks it. */
export const usedModel = z.strictObject({ providerId, modelId: z.string().max(200), contextTokens: z.int().positive() });
export type UsedModel = z.output<typeof usedModel>;

/** Characters of a task given to an agent: a page or two of instructions. */
export const agentTaskLimit = 20_000;
export const agentTask = z.string().min(1).max(agentTaskLimit);

/**
 * Everything an agent works with, recorded as its job's first step: an attempt that goes on after a crash or an update of the
 * program uses the same words and tools.
 */
export const agentSetup = z.strictObject({
  agent: agentName,
  /** Of the agent's file; raised with each change of its prompt or tools. */
  version: z.int().positive(),
  prompt: z.string().max(50_000),
  /** That of the first call; each call records its own. */
  model: usedModel,
  tools: z.array(toolName).max(200),
  /** Calls of the model after which it has to end. */
  maxModelCalls: z.int().positive(),
});
export type AgentSetup = z.output<typeof agentSetup>;

/** Characters of one answer of a model that are kept; the longest on offer write a quarter of it. */
export const modelTextLimit = 400_000;
/** Characters of a call's input as JSON. */
export const toolInputLimit = 100_000;
/** Characters of a tool's result that are recorded. The model sees an excerpt of a long one and reads on with `read_result`. */
export const toolTextLimit = 200_000;

export const toolCall = z.strictObject({
  id: z.string().min(1).max(200),
  tool: toolName,
  /** JSON text, as the model wrote it. */
  input: z.string().max(toolInputLimit),
  /** What the provider wants back with the call, as JSON text: Google's thought signature. */
  providerData: z.string().max(100_000).optional(),
});
export type ToolCall = z.output<typeof toolCall>;

export const modelUsage = z.strictObject({
  inputTokens: z.int().nonnegative(),
  outputTokens: z.int().nonnegative(),
  /** Of the input, what the provider had in its cache; absent in records of before. */
  cachedTokens: z.int().nonnegative().optional(),
  /** What it cost, in millionths of a US dollar; null where the price was not known, absent in records of before. */
  microUsd: z.int().nonnegative().nullable().optional(),
  /** The endpoint did not say and it was counted here. */
  isEstimate: z.boolean(),
});

/** One call of the model, recorded when it has ended well. */
export const modelStep = z.strictObject({
  text: z.string().max(modelTextLimit),
  calls: z.array(toolCall).max(64),
  usage: modelUsage,
  /** Who has answered; absent in records of before. */
  model: usedModel.optional(),
});
export type ModelStep = z.output<typeof modelStep>;

/** A passage of the material under the number that the model may cite it by, the same in all of the job. */
export const shownPassage = z.strictObject({ number: z.int().positive(), citation });
export type ShownPassage = z.output<typeof shownPassage>;

/** Characters of where something goes to: the longest address that servers commonly take, the longest path of Linux. */
export const destinationLimit = 4_096;

/** One call of a tool. A failure is a result too: the model reads why. */
export const toolStep = z.strictObject({
  tool: toolName,
  callId: z.string().min(1).max(200),
  isError: z.boolean(),
  text: z.string().max(toolTextLimit),
  /** Passages that the text shows. */
  passages: z.array(shownPassage).max(200).optional(),
  /** No result but a person's yes to a change outside, and to where: the result is the effect of the same place. */
  allowed: z
    .strictObject({
      destination: z.string().max(destinationLimit).nullable(),
      /** What was shown, where that was more than the call's own input. */
      payload: z.string().max(toolInputLimit).optional(),
    })
    .optional(),
});
export type ToolStep = z.output<typeof toolStep>;

/** What becomes of a question nobody has answered in its time. */
export const decisions = ['allow', 'deny'] as const;
export const decision = z.enum(decisions);
export type Decision = (typeof decisions)[number];

/** A model's question, or a tool that asks before it changes something outside. The person sees all of it. */
export const personQuestion = z.strictObject({
  /** Names the question within its job: asked again after a restart it is the same question. */
  key: z.string().min(1).max(200),
  type: z.enum(['approval', 'question']),
  tool: toolName,
  /** One line: what is asked, in the model's words; of an approval, as it was worded when it was asked. */
  title: z.string().min(1).max(1_000),
  /** For an approval: what will be done. Null in rows from before, and for a question. */
  action: askedAction.nullable().default(null),
  /** For an approval: where it goes to, exactly: an address, a path, a server. */
  destination: z.string().max(destinationLimit).nullable(),
  /** For an approval: exactly what is done, as JSON text. */
  payload: z.string().max(toolInputLimit).nullable(),
  /** For a question: answers to choose from; free words when empty. */
  choices: z.array(z.string().min(1).max(500)).max(10),
  /** From now on; null for never. */
  expiresInMs: z.int().positive().nullable(),
  whenExpired: decision,
});
export type PersonQuestion = z.output<typeof personQuestion>;

/** Characters of a person's answer. */
export const answerLimit = 20_000;

export const personAnswer = z.strictObject({
  decision,
  /** Words of the person, or the choice; null for none. */
  answer: z.string().max(answerLimit).nullable(),
  by: z.enum(['person', 'expiry', 'policy']),
});
export type PersonAnswer = z.output<typeof personAnswer>;
