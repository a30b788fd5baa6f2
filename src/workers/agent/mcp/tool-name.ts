import { createHash } from 'node:crypto';

/** As every wire of models takes a name; `toolName` of the domain. */
const nameLimit = 64;
/** Hexadecimal digits that tell apart names which were changed: of a hundred tools two are the same once in some 3,000. */
const hashLength = 6;

/**
 * What a model calls a server's tool by. The same server and tool have the same name always; one that does not fit, or has
 * letters that a model's wire does not take, ends with a hash of the whole.
 */
export function modelToolName(server: string, tool: string): string {
  const prefix = `mcp__${server}__`;
  const plain = tool.replace(/[^\w-]/gu, '_');
  if (plain === tool && prefix.length + tool.length <= nameLimit) return prefix + tool;
  const hash = createHash('sha256').update(tool).digest('hex').slice(0, hashLength);
  return `${prefix}${plain.slice(0, nameLimit - prefix.length - hashLength - 1)}_${hash}`;
}
