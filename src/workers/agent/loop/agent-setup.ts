import { z } from 'zod';
import type { AgentInput } from '../../../shared/contract/worker/agent-input.ts';
import { deepestTask, type AgentSetup, type OwnTool, type UsedModel } from '../../../shared/domain/agent.ts';
import type { Language } from '../../../shared/domain/language.ts';
import type { Agent } from '../agents/agent.ts';
import type { Tool } from '../tools/tool.ts';
import type { ModelTool } from './call-model.ts';
import { estimateTokens } from './estimate-tokens.ts';

/** Share of what the prompt leaves of the context that the schemas of tools may take: 4,096 tokens have room for a few. */
const toolShare = 0.4;
/** Parts of the prompt that come with the agent's own: the rule about data, the list of documents, and the answer at the end. */
const promptShare = 2;

/** Tools that are there only where they have something to work on. */
const isOfUse: Readonly<Partial<Record<OwnTool, (input: AgentInput) => boolean>>> = {
  search_material: ({ documents, conversation }) => documents.length > 0 || conversation.length > 1,
  read_document: ({ documents }) => documents.length > 0,
  search_web: ({ reach }) => reach.webSearch !== null,
  list_files: ({ reach }) => reach.folders.length > 0,
  read_file: ({ reach }) => reach.folders.length > 0,
  write_file: ({ reach }) => reach.folders.some(({ mayWrite }) => mayWrite),
  run_in_background: ({ depth }) => depth < deepestTask,
};

/** Names of tools that the prompt gives as missing: enough to know what they are of. Room is what is short: each word here takes that of a result. */
const namedAsMissing = 3;

/** A model that does not know of them says that there is no such thing, to a person who has just added it. */
const missingWords: Readonly<Record<Language, (names: string, contextTokens: number) => string>> = {
  ru: (names, contextTokens) =>
    `Не поместились в контекст (${contextTokens} токенов): ${names}. Если просьбе нужны они, скажи это и посоветуй больший контекст («Поставщики и модели»).`,
  en: (names, contextTokens) =>
    `Not fitting into the context (${contextTokens} tokens): ${names}. If the request needs them, say so and advise a larger context ("Providers and models").`,
};

/** The person's own words: they say how to answer, and nothing in them is data of others. */
const wishesWords: Readonly<Record<Language, string>> = {
  ru: 'Пожелания человека ко всем ответам:',
  en: 'What the person wants of every answer:',
};

export interface AgentSetupParams {
  readonly agent: Agent;
  readonly input: AgentInput;
  readonly own: readonly Tool[];
  readonly extra: readonly Tool[];
}

/** What this agent works with in this job, as its first step records it. */
export function agentSetup({ agent, input, own, extra }: AgentSetupParams): AgentSetup {
  const byName = new Map(own.map(tool => [tool.name, tool]));
  const wanted = agent.tools.flatMap(name => {
    const tool = byName.get(name);
    return tool !== undefined && (isOfUse[name]?.(input) ?? true) ? [tool] : [];
  });
  const added = agent.takesExtraTools === false ? [] : extra;
  const last = new Set<string>(agent.giveWay ?? []);
  const offered = [...wanted.filter(({ name }) => !last.has(name)), ...added, ...wanted.filter(({ name }) => last.has(name))];
  const { connection, language } = input;
  const wishes = input.wishes === '' ? [] : [`${wishesWords[language]}\n${input.wishes}`];
  const taken = promptShare * estimateTokens(agent.prompt[language]) + estimateTokens(wishes.join(''));
  let room = (connection.contextTokens - taken) * toolShare;
  const tools = offered.filter(tool => {
    const cost = estimateTokens(JSON.stringify(modelTool(tool, input)));
    const fits = cost <= room;
    if (fits) room -= cost;
    return fits;
  });
  const missing = [...wanted, ...added].filter(tool => !tools.includes(tool)).map(({ name }) => name);
  return {
    agent: agent.name,
    version: agent.version,
    prompt: [agent.prompt[language], ...wishes, ...(missing.length === 0 ? [] : [saysMissing(missing, input)])].join('\n\n'),
    model: usedModelOf(connection),
    tools: tools.map(({ name }) => name),
    maxModelCalls: agent.maxModelCalls,
  };
}

export function usedModelOf({ providerId, modelId, contextTokens }: AgentInput['connection']): UsedModel {
  return { providerId, modelId, contextTokens };
}

/** Those a person has added come last and are what they ask for: they are named first. */
function saysMissing(names: readonly string[], { language, connection }: Pick<AgentInput, 'language' | 'connection'>): string {
  const named = names.slice(-namedAsMissing).toReversed();
  return missingWords[language](named.join(', ') + (names.length > named.length ? ', …' : ''), connection.contextTokens);
}

/** A tool as the model is told of it. */
export function modelTool(tool: Tool, { language, agent, depth }: Pick<AgentInput, 'language' | 'agent' | 'depth'>): ModelTool {
  return {
    type: 'function',
    name: tool.name,
    description: tool.description[language],
    inputSchema: tool.inputJsonSchema ?? jsonSchemaOf(tool.toldInput?.({ agent, depth }) ?? tool.input),
  };
}

/** Made once: an answer's first word waits for all of them. */
const schemas = new WeakMap<z.ZodType, ModelTool['inputSchema']>();

function jsonSchemaOf(input: z.ZodType): ModelTool['inputSchema'] {
  const known = schemas.get(input);
  if (known !== undefined) return known;
  const { $schema: _, ...schema } = z.toJSONSchema(input, { io: 'input', target: 'draft-7' });
  schemas.set(input, schema);
  return schema;
}
