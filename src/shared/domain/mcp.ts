import { z } from 'zod';
import { agentName, type AgentName } from './agent.ts';
import { epochMs, mcpServerId } from './ids.ts';
import { baseUrl, secretState } from './provider.ts';

/** Agents that take tools of other programs (`takesExtraTools` of their files); for the others there is nothing to switch on. */
export const mcpAgents = ['assistant', 'analyst', 'source_finder'] as const satisfies readonly AgentName[];

/** Names the server's tools, `mcp__<name>__<tool>`, so it is short and has one spelling. */
export const mcpServerName = z.string().regex(/^[a-z0-9-]{1,24}$/u);

/** More is no list for a person, and their tools would fill a model's context. */
export const mcpServerLimit = 20;
/** Tools of one server that are taken; a model chooses badly among more. */
export const mcpToolLimit = 100;
/** Characters of a tool's name, as the protocol's text advises. */
export const mcpToolNameLimit = 128;
/** Characters of what a server says of a tool that are kept: each call of a model carries them. */
export const mcpDescriptionLimit = 1_000;
/** Characters of a tool's input schema as JSON; a longer one is not shown to a model. */
export const mcpSchemaLimit = 8_000;
/** Variables of a server's environment, or headers of its requests. */
const valueLimit = 50;

/** As a shell takes it. */
export const mcpVariableName = z.string().regex(/^[A-Za-z_][A-Za-z0-9_]{0,199}$/u);
/** RFC 9110, 5.6.2. */
export const mcpHeaderName = z.string().regex(/^[\w!#$%&'*+.^`|~-]{1,100}$/u);
/** SECURITY: kept in secret storage alone. */
export const mcpVariableValue = z
  .string()
  .max(10_000)
  .refine(value => !value.includes('\0'));
/** RFC 9110, 5.5, without what is not ASCII. */
export const mcpHeaderValue = z
  .string()
  .max(5_000)
  .regex(/^[\t\x20-\x7e]*$/u);

const argument = z
  .string()
  .max(4_096)
  .refine(value => !value.includes('\0'));
/** The program of a server, found on PATH or by its whole path; run without a shell. */
export const mcpCommand = z.string().trim().min(1).max(4_096);
export const mcpArguments = z.array(argument).max(100);

/** How a server is reached, without the values that are secret. */
export const mcpTransportView = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('stdio'),
    command: mcpCommand,
    args: mcpArguments,
    env: z.array(mcpVariableName).max(valueLimit),
  }),
  z.strictObject({ kind: z.literal('http'), url: baseUrl, headers: z.array(mcpHeaderName).max(valueLimit) }),
]);
export type McpTransportView = z.output<typeof mcpTransportView>;

/** How a worker reaches a server. SECURITY: holds secrets; in a worker's frame alone. */
export const mcpTransport = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('stdio'),
    command: mcpCommand,
    args: mcpArguments,
    /** The whole environment of its process. */
    env: z.record(z.string().max(200), z.string().max(10_000)),
  }),
  z.strictObject({ kind: z.literal('http'), url: baseUrl, headers: z.record(z.string().max(100), z.string().max(5_000)) }),
]);
export type McpTransport = z.output<typeof mcpTransport>;

/** A tool as its server listed it. Its words are the server's: data for a person and a model, never instructions. */
export const mcpTool = z.strictObject({
  name: z.string().min(1).max(mcpToolNameLimit),
  description: z.string().max(mcpDescriptionLimit),
  /** JSON Schema of its input as JSON text. */
  inputSchema: z.string().max(mcpSchemaLimit),
  /** The server says that it only reads. Nobody has checked that; the person decides. */
  saysReadOnly: z.boolean(),
});
export type McpTool = z.output<typeof mcpTool>;

export const mcpToolView = mcpTool.omit({ inputSchema: true }).extend({
  /** The person has said that it changes nothing outside: it is called without asking. */
  isHarmless: z.boolean(),
});

/** A server as the window sees it: names of variables and headers, never their values. */
export const mcpServerView = z.strictObject({
  id: mcpServerId,
  name: mcpServerName,
  transport: mcpTransportView,
  /** Its values were sealed in another way and cannot be opened here; it is not used until they are entered again. */
  isLocked: z.boolean(),
  /** Agents that may use it. */
  agents: z.array(agentName),
  /** As it listed them when it was last tested; until then it has none. */
  tools: z.array(mcpToolView).max(mcpToolLimit),
  testedAtMs: epochMs.nullable(),
});
export type McpServerView = z.output<typeof mcpServerView>;

export const mcpServersView = z.strictObject({ servers: z.array(mcpServerView).max(mcpServerLimit), secrets: secretState });
export type McpServersView = z.output<typeof mcpServersView>;

/** Why a server could not be used; the window and the command line have a sentence for each. */
export const mcpFailures = [
  /** Its program is not there or may not be run. */
  'not_started',
  /** Its process ended. */
  'ended',
  'timed_out',
  'unreachable',
  'unauthorized',
  /** What answers there does not speak the protocol, or says too much. */
  'bad_answer',
] as const;
export const mcpFailure = z.enum(mcpFailures);
export type McpFailure = (typeof mcpFailures)[number];

/** Characters of what a server said when it failed. */
export const mcpDetailLimit = 2_000;

/** What came of a real connection. */
export const mcpTestOutcome = z.discriminatedUnion('works', [
  z.strictObject({ works: z.literal(true), tools: z.array(mcpTool).max(mcpToolLimit), leftOut: z.int().nonnegative() }),
  /** `detail`: the server's own last words, without the values it was given. */
  z.strictObject({ works: z.literal(false), failure: mcpFailure, detail: z.string().max(mcpDetailLimit) }),
]);
export type McpTestOutcome = z.output<typeof mcpTestOutcome>;

/** Variables that every server's process has of the program's own; what the person gives comes on top. None is a secret. */
export const mcpBaseVariables = [
  'PATH',
  'HOME',
  'LANG',
  'TMPDIR',
  // Paths of certificate authorities that a company adds: without them `npx` cannot fetch a server behind its proxy.
  'NODE_EXTRA_CA_CERTS',
  'SSL_CERT_FILE',
  'SSL_CERT_DIR',
  // Without these a program of Windows finds neither its libraries nor its own settings.
  'SystemRoot',
  'windir',
  'PATHEXT',
  'TEMP',
  'TMP',
  'USERPROFILE',
  'APPDATA',
  'LOCALAPPDATA',
  'ProgramFiles',
] as const;
