import type { TaskInput, TaskOutput } from '../../shared/contract/worker/tasks.ts';
import type { ToolCall, ToolStep } from '../../shared/domain/agent.ts';
import type { Citation } from '../../shared/domain/synopsis.ts';
import { groupTables, joinedWords, pageNames } from '../../shared/domain/joined-tables.ts';
import type { Language } from '../../shared/domain/language.ts';
import { TaskFailure } from '../../shared/domain/task-failure.ts';
import { callTool } from '../agent/loop/call-tool.ts';
import { createShownPassages } from '../agent/loop/shown-passages.ts';
import type { AgentContext } from '../agent/loop/agent-context.ts';
import type { Tool, ToolAsker } from '../agent/tools/tool.ts';
import { toolOfAction } from './browser-tools.ts';
import { markdownTable, rowsWithin } from './rows-text.ts';

/** As the output's schema bounds them. */
const citationLimit = 50;
/** Tokens that a result is cut for where a model reads it; here nobody does. */
const contextTokens = 32_768;

type RecipeInput = Extract<TaskInput<'browser.run'>['what'], { kind: 'recipe' }>;

const words = {
  ru: {
    source: 'Источник',
    done: (name: string, count: number) => `«${name}»: сделано шагов — ${count}.`,
    failed: (at: number, why: string) => `Шаг ${at} не удался. ${why}`,
  },
  en: {
    source: 'Source',
    done: (name: string, count: number) => `“${name}”: steps done: ${count}.`,
    failed: (at: number, why: string) => `Step ${at} failed. ${why}`,
  },
} as const;

/** Who asks for the steps of a recipe. */
export function askerOf({ sessionId, language, allowedHosts, folders }: RecipeInput): ToolAsker {
  return {
    agent: 'browser',
    language,
    connection: { contextTokens },
    sessionId,
    conversation: [],
    isCut: false,
    task: null,
    isOwnTask: false,
    documents: [],
    reach: { allowedHosts, webSearch: null, folders, mcpServers: [] },
    inPlan: false,
    depth: 0,
  };
}

/**
 * Does the steps of a recipe, each as the call of the tool that an agent would make: journal, questions, trace and limits are the
 * same. The first step that fails ends the task.
 */
export async function runRecipe(what: RecipeInput, tools: readonly Tool[], context: AgentContext): Promise<TaskOutput<'browser.run'>> {
  const { recipe, language } = what;
  const byName = new Map(tools.map(tool => [tool.name, tool]));
  const passages = createShownPassages();
  const results = new Map<string, ToolStep>();
  const citations: Citation[] = [];
  const parts: Part[] = [];
  for (const [index, { action, why }] of recipe.steps.entries()) {
    const { do: name, ...fields } = action;
    const call: ToolCall = { id: `step-${index + 1}`, tool: toolOfAction(name), input: JSON.stringify({ ...fields, why }) };
    context.report({ phase: 'fetching', label: null, done: index, total: recipe.steps.length });
    // Each is a turn of its own, and the same step twice is what its author wrote.
    const result = await callTool({
      call,
      place: `${index + 1}.0`,
      before: [],
      tools: byName,
      input: askerOf(what),
      results,
      passages,
      context,
    });
    passages.add(result.passages ?? []);
    if (result.isError)
      throw new TaskFailure('recipe_failed', words[language].failed(index + 1, result.text.slice(0, 1_500)), { retryable: false });
    if (name === 'extract' || name === 'read') {
      const shown = (result.passages ?? []).slice(0, Math.max(0, citationLimit - citations.length));
      const cited = shown.map(({ citation }) => ({ text: plain(citation.quote), mark: `[${citations.push(citation)}]` }));
      const columns = action.do === 'extract' ? action.schema.fields.map(field => plain(field.name)) : [];
      const rows = cited.flatMap(({ text, mark }) => rowsWithin(text, columns).map(values => [...values, mark]));
      const head = result.text.split('\n', 1)[0] ?? '';
      parts.push(
        action.do === 'extract' && rows.length > 0
          ? { head, columns, rows }
          : { head, text: [`### ${plain(head)} ${cited.map(({ mark }) => mark).join('')}`, ...cited.map(({ text }) => asQuote(text))] },
      );
    }
  }
  return { text: [words[language].done(recipe.name, recipe.steps.length), ...reportOf(parts, language)].join('\n\n'), citations };
}

/** What one step has read: rows with the mark of their source last, or text. */
interface TablePart {
  /** The page's title and address. */
  readonly head: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
}
type Part = TablePart | { readonly head: string; readonly text: readonly string[] };

/** Rows of the same columns from several pages stand under one another, where the first of them stood. */
function reportOf(parts: readonly Part[], language: Language): readonly string[] {
  const groups = groupTables(parts.filter(part => 'rows' in part));
  const { source } = words[language];
  return parts.flatMap(part => {
    if (!('rows' in part)) return part.text;
    const group = groups.find(each => each.includes(part)) ?? [part];
    if (group[0] !== part) return [];
    const pages = group.map(({ head }) => pageOf(head));
    const pageCount = new Set(pages.map(({ url }) => url)).size;
    if (pageCount < 2) return group.flatMap(({ head, columns, rows }) => [`### ${plain(head)}`, markdownTable([...columns, source], rows)]);
    const { page, title } = joinedWords[language];
    const names = pageNames(pages);
    const rows = group.flatMap((each, at) => each.rows.map(row => [plain(names[at] ?? ''), ...row]));
    return [`### ${title(pageCount)}`, markdownTable([page, ...part.columns, source], rows)];
  });
}

/** Of the first line of a result; an address has no spaces. */
function pageOf(head: string): { readonly title: string; readonly url: string } {
  const at = head.lastIndexOf(' — ');
  return { title: head.slice(0, Math.max(0, at)), url: head.slice(at < 0 ? 0 : at + 3) };
}

/** SECURITY: the words are a page's, and stand in the chat as what they are: no link, no picture, no citation of their own. */
function plain(text: string): string {
  return text.replaceAll(/[[\]<>`]/gu, ' ');
}

function asQuote(text: string): string {
  return text
    .split('\n')
    .map(line => `> ${line}`)
    .join('\n');
}
