import { z } from 'zod';
import { mcpDescriptionLimit, mcpSchemaLimit, mcpToolLimit, mcpToolNameLimit, type McpTool } from '../../../shared/domain/mcp.ts';

const listed = z.object({
  // Printable ASCII: a name goes into a question to the person and must be what it looks like.
  name: z
    .string()
    .max(mcpToolNameLimit)
    .regex(/^[\x21-\x7e]+$/u),
  description: z.string().optional(),
  inputSchema: z.looseObject({ type: z.literal('object') }),
  annotations: z.object({ readOnlyHint: z.boolean().optional() }).optional(),
});

/**
 * Letters that nobody sees: controls, zero-width and direction marks, and the tags of Unicode's plane 14.
 * SECURITY: they carry instructions for a model past the person who reads a description.
 */
const unseen = /[\p{Cc}\p{Cf}\u2028\u2029\u{e0000}-\u{e007f}]/gu;
const anyInput = '{"type":"object"}';

export function seenText(text: string): string {
  return text.replace(unseen, letter => (letter === '\n' || letter === '\t' ? letter : ''));
}

/** What a server listed, bounded. Tools that cannot be taken, that have a name twice, or that are too many are left out. */
export function readTools(found: readonly unknown[]): { readonly tools: readonly McpTool[]; readonly leftOut: number } {
  const tools = new Map<string, McpTool>();
  for (const each of found) {
    const { success, data } = listed.safeParse(each);
    if (!success || tools.has(data.name) || tools.size >= mcpToolLimit) continue;
    const schema = seenText(JSON.stringify(data.inputSchema));
    tools.set(data.name, {
      name: data.name,
      description: seenText(data.description ?? '')
        .trim()
        .slice(0, mcpDescriptionLimit),
      inputSchema: schema.length > mcpSchemaLimit ? anyInput : schema,
      saysReadOnly: data.annotations?.readOnlyHint === true,
    });
  }
  return { tools: [...tools.values()], leftOut: found.length - tools.size };
}
