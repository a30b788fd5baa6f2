import { z } from 'zod';
import { agentName } from '../domain/agent.ts';
import { mcpServerId, requestKey } from '../domain/ids.ts';
import {
  mcpArguments,
  mcpCommand,
  mcpDetailLimit,
  mcpFailure,
  mcpHeaderName,
  mcpHeaderValue,
  mcpServerName,
  mcpServersView,
  mcpServerView,
  mcpToolLimit,
  mcpToolNameLimit,
  mcpVariableName,
  mcpVariableValue,
} from '../domain/mcp.ts';
import { endpointFaults } from '../domain/provider.ts';
import { call, event } from './define.ts';
import { revision } from './pagination.ts';

/** SECURITY: a value comes in here and never goes out; null keeps the one that is there. */
const given = <N extends z.ZodType, V extends z.ZodType>(name: N, value: V) =>
  z.array(z.strictObject({ name, value: value.nullable() })).max(50);

export const mcpRoutes = {
  'mcp.list': call({ input: z.strictObject({}), output: mcpServersView.extend({ revision }) }),
  /**
   * A new server, or another way for one that is there. Its tools are forgotten when it becomes another program or address.
   * SECURITY: a command is run as it stands here with the rights of the person; nothing but the person's own window and
   * command line can say one.
   */
  'mcp.save': call({
    input: z.strictObject({
      requestKey,
      serverId: mcpServerId.nullable().default(null),
      name: mcpServerName,
      transport: z.discriminatedUnion('kind', [
        z.strictObject({
          kind: z.literal('stdio'),
          command: mcpCommand,
          args: mcpArguments,
          env: given(mcpVariableName, mcpVariableValue),
        }),
        z.strictObject({ kind: z.literal('http'), url: z.string().max(2_048), headers: given(mcpHeaderName, mcpHeaderValue) }),
      ]),
      acceptWeak: z.boolean().default(false),
    }),
    output: mcpServerView,
    errors: [
      'not_found',
      'name_taken',
      'too_many_servers',
      'value_missing',
      'secrets_weak',
      'secrets_unavailable',
      'storage_full',
      ...endpointFaults,
    ],
  }),
  /** Which agents may use it, and which of its tools change nothing. */
  'mcp.choose': call({
    input: z.strictObject({
      serverId: mcpServerId,
      agents: z.array(agentName).optional(),
      harmlessTools: z.array(z.string().max(mcpToolNameLimit)).max(mcpToolLimit).optional(),
    }),
    output: mcpServerView,
    errors: ['not_found', 'storage_full'],
  }),
  'mcp.remove': call({
    input: z.strictObject({ serverId: mcpServerId }),
    output: z.strictObject({}),
    errors: ['not_found', 'storage_full'],
  }),
  /** Starts or connects to it, asks for its tools and keeps them. That it does not work is an answer, with its own last words. */
  'mcp.test': call({
    input: z.strictObject({ serverId: mcpServerId }),
    output: z.discriminatedUnion('works', [
      /** `leftOut`: tools that cannot be taken. `unmarked`: tools that are not what they were and ask again. */
      z.strictObject({
        works: z.literal(true),
        server: mcpServerView,
        leftOut: z.int().nonnegative(),
        unmarked: z.array(z.string()).max(mcpToolLimit),
      }),
      z.strictObject({ works: z.literal(false), failure: mcpFailure, detail: z.string().max(mcpDetailLimit) }),
    ]),
    errors: ['not_found', 'worker_unavailable', 'key_missing', 'storage_full'],
  }),
  'mcp.changed': event(mcpServersView.extend({ revision })),
} as const;
