import type { TaskInput, TaskOutput } from '../../shared/contract/worker/tasks.ts';
import { modelTextLimit } from '../../shared/domain/agent.ts';
import { allAgents } from '../agent/agents/all-agents.ts';
import { listFiles } from '../agent/tools/list-files.ts';
import { runAgent } from '../agent/loop/run-agent.ts';
import { allTools } from '../agent/tools/all-tools.ts';
import type { TaskContext } from '../runtime/task-context.ts';
import { createBrowserHand } from './browser-hand.ts';
import type { BrowserSession, OpenSession } from './browser-session.ts';
import { browserTools } from './browser-tools.ts';
import { runRecipe } from './run-recipe.ts';

/** A task in a browser: by an agent, or by a list of steps. The browser is closed with the attempt. */
export async function runBrowserTask(
  input: TaskInput<'browser.run'>,
  context: TaskContext<'browser.run'>,
  openSession: (given: OpenSession) => Promise<BrowserSession>,
): Promise<TaskOutput<'browser.run'>> {
  const { what } = input;
  const { allowedHosts, folders } = what.kind === 'task' ? what.agent.reach : what;
  const hand = createBrowserHand({
    input,
    language: what.kind === 'task' ? what.agent.language : what.language,
    toldTo: what.kind === 'task' ? 'model' : 'person',
    allowedHosts,
    uploadFolders: folders.map(({ path }) => path),
    context,
    openSession,
  });
  const tools = browserTools(hand, input.login?.hosts);
  try {
    if (what.kind === 'recipe') return await runRecipe(what, tools, context);
    // Its browser's tools are the only ones beside its own: servers of other programs are not a browser's business.
    // What can be given to a page has to be seen first; last, because a small context has no room for what is seldom needed.
    const seen = folders.length > 0 ? [listFiles] : [];
    const openExtraTools = () => Promise.resolve({ tools: [...tools, ...seen], close: () => Promise.resolve() });
    const { text, citations } = await runAgent(
      what.agent,
      context,
      { agents: allAgents, tools: allTools, openExtraTools },
      { showsText: false },
    );
    // The model may leave it out; the person has to know why the answer is not whole.
    const stopped = hand.stopped();
    if (stopped === null) return { text, citations };
    const after = `\n\n${stopped}`;
    return { text: `${text.slice(0, modelTextLimit - after.length)}${after}`, citations };
  } finally {
    await hand.close();
  }
}
