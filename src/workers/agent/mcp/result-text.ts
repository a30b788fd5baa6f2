import type { CallToolResult } from '@modelcontextprotocol/sdk/types.js';
import { toolTextLimit } from '../../../shared/domain/agent.ts';

type Content = CallToolResult['content'][number];

/** The words of a tool's result. Pictures and sounds are named and not passed on: they would fill a model's context. */
export function resultText({ content, structuredContent }: CallToolResult): string {
  const parts = content.map(partText).filter(text => text !== '');
  // A server that has an output schema repeats it as text; one that does not has it here alone.
  const text = parts.length > 0 || structuredContent === undefined ? parts.join('\n\n') : JSON.stringify(structuredContent, null, 1);
  if (text === '') return '(The tool returned nothing.)';
  return text.length <= toolTextLimit ? text : `${text.slice(0, toolTextLimit - cutNote.length)}${cutNote}`;
}

const cutNote = '\n(The rest of the result was too long and is left out.)';

function partText(part: Content): string {
  switch (part.type) {
    case 'text':
      return part.text;
    case 'image':
    case 'audio':
      return `(${part.type}, ${part.mimeType}: not shown)`;
    case 'resource_link':
      return `(resource ${part.name}: ${part.uri})`;
    case 'resource':
      return 'text' in part.resource
        ? `(resource ${part.resource.uri})\n${part.resource.text}`
        : `(resource ${part.resource.uri}: not shown)`;
  }
}
