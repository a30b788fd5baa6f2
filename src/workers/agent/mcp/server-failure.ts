import { mcpDetailLimit, type McpFailure } from '../../../shared/domain/mcp.ts';

/** A server that cannot be used, or not any more. `detail` is what it said last; it holds no value that it was given. */
export class McpServerFailure extends Error {
  override readonly name = 'McpServerFailure';
  readonly failure: McpFailure;
  readonly detail: string;
  constructor(failure: McpFailure, detail: string) {
    super(`${sentences[failure]}${detail === '' ? '' : ` ${detail}`}`);
    this.failure = failure;
    this.detail = detail.slice(-mcpDetailLimit);
  }
}

/** For a model that asked for the call; the window has words of its own. */
const sentences: Readonly<Record<McpFailure, string>> = {
  not_started: 'The program of the MCP server could not be started.',
  ended: 'The process of the MCP server has ended.',
  timed_out: 'The MCP server did not answer in time.',
  unreachable: 'The MCP server cannot be reached.',
  unauthorized: 'The MCP server does not accept the headers it was given.',
  bad_answer: 'The MCP server answered in a way that cannot be used.',
};
