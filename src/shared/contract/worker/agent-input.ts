import { z } from 'zod';
import { agentName, agentSetup, agentTask, modelStep, toolStep } from '../../domain/agent.ts';
import { fileChange } from '../../domain/file-change.ts';
import { documentId, messageId, sessionId } from '../../domain/ids.ts';
import { language } from '../../domain/language.ts';
import { mcpServerLimit, mcpServerName, mcpTool, mcpToolLimit, mcpToolNameLimit, mcpTransport } from '../../domain/mcp.ts';
import { modelConnection } from '../../domain/provider.ts';
import { webSearchConnection } from '../../domain/web-search.ts';
import { wishesCharLimit } from '../../domain/settings.ts';
import { path } from './task-values.ts';

/** Passages that the result of a part may cite. */
export const citedLimit = 200;

/** Messages of a chat that a model is given at most; older ones are left out. */
export const conversationLimit = 400;

/** What the tools of an agent may reach: only what is named here is there for it. */
export const agentReach = z.strictObject({
  /** Hosts in private networks that the person allows pages to be fetched from. */
  allowedHosts: z.array(z.string().max(255)).max(100),
  /** SECURITY: the key is in the frame alone. */
  webSearch: webSearchConnection.nullable(),
  folders: z.array(z.strictObject({ path, mayWrite: z.boolean() })).max(50),
  mcpServers: z
    .array(
      z.strictObject({
        /** Names its tools: `mcp__<name>__<tool>`. */
        name: mcpServerName,
        transport: mcpTransport,
        /** As the server listed them when the person tested it: what they have seen is what an agent gets. */
        tools: z.array(mcpTool).max(mcpToolLimit),
        /** Tools that change nothing outside, as the person has marked them; every other one asks first. */
        harmlessTools: z.array(z.string().max(mcpToolNameLimit)).max(mcpToolLimit),
      }),
    )
    .max(mcpServerLimit),
});
export type AgentReach = z.output<typeof agentReach>;

/** What an agent is given with each attempt. Its words and tools are its own and recorded with its first step. */
export const agentInput = z.strictObject({
  agent: agentName,
  language,
  /** SECURITY: holds a key; in a frame alone. */
  connection: modelConnection,
  sessionId,
  /** What the person wants of every answer; empty where they have said nothing. */
  wishes: z.string().max(wishesCharLimit),
  /** The chat up to the question, oldest first; of a background task what was said before it. */
  conversation: z.array(z.strictObject({ id: messageId, role: z.enum(['person', 'assistant']), text: z.string() })).max(conversationLimit),
  /** More was said before the first of them. */
  isCut: z.boolean(),
  /** The task of a background agent; null for an answer in the chat, whose task is the last message. */
  task: agentTask.nullable(),
  /** The task is a message that the person has sent to the background, word for word. */
  isOwnTask: z.boolean(),
  documents: z
    .array(z.strictObject({ documentId, title: z.string().max(500), charCount: z.int().nonnegative(), isReady: z.boolean() }))
    .max(500),
  reach: agentReach,
  /** A plan or a part of one: what it changes outside is taken back when the plan does not come off. */
  inPlan: z.boolean(),
  /** 0 for an answer in the chat; a task begun by a background task has 2. */
  depth: z.int().nonnegative().max(10),
});
export type AgentInput = z.output<typeof agentInput>;

/** Names a part of a plan within it. */
export const partKey = z.string().min(1).max(200);

/**
 * Steps of an agent: `setup`, `model:<n>`, `tool:<n>.<i>`, `act:<n>.<i>` for a tool that changes something outside, and
 * `part:<n>.<i>.<k>` before a planner begins a part.
 */
export const agentSteps = {
  setup: agentSetup,
  model: modelStep,
  tool: toolStep,
  part: z.strictObject({ key: partKey }),
  act: toolStep,
} as const;
/** How what an agent has changed for a plan is taken back: a file, and whatever a part of the plan has changed. */
export const agentCompensations = { 'restore-file': fileChange, 'take-back-part': z.strictObject({ key: partKey }) } as const;
