import { stepBase } from '../../shared/domain/job-step.ts';
import type { Messages } from './messages.ts';

/** How tools of MCP servers are called: `mcp__<server>__<tool>`. */
const ofServer = /^mcp__(.+?)__(.+)$/u;

const ofBrowser = 'browser_';

/** Of a tool of browser tasks, by what it does; undefined for others. */
function browserTool(name: string, t: Messages): string | undefined {
  if (!name.startsWith(ofBrowser)) return undefined;
  const words: Readonly<Record<string, string>> = { ...t.browser.plain, plan: t.browser.planTool, site: t.browser.siteTool };
  const what = name.slice(ofBrowser.length);
  return Object.hasOwn(words, what) ? words[what] : undefined;
}

/** A tool as a person knows it. */
export function describeTool(name: string | null, t: Messages): string {
  if (name === null) return t.chat.toolUnknown;
  const words: Readonly<Record<string, string>> = t.chat.tool;
  const own = Object.hasOwn(words, name) ? words[name] : undefined;
  if (own !== undefined) return own;
  const browsing = browserTool(name, t);
  if (browsing !== undefined) return browsing;
  const [, server, tool] = ofServer.exec(name) ?? [];
  return server !== undefined && tool !== undefined ? t.chat.toolOfServer(server, tool) : name;
}

/** A step of an agent by its name, and by its tool where it called one; null for steps of another kind of work. */
export function describeAgentStep(name: string, tool: string | null, t: Messages): string | null {
  switch (stepBase(name)) {
    case 'setup':
      return t.chat.setupStep;
    case 'model':
      return t.chat.modelStep;
    case 'part':
      return t.chat.partStep;
    case 'tool':
    case 'act':
      return describeTool(tool, t);
    default:
      return null;
  }
}
