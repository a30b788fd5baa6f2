import type { TestContext } from 'vitest';
import type { ApprovalView } from '../../src/shared/domain/approval.ts';
import type { JobId } from '../../src/shared/domain/ids.ts';
import type { MessageView } from '../../src/shared/domain/session.ts';
import { isOver, openAnsweringChat, type AnsweringChat } from './answering-chat.ts';
import type { Script } from './scripted-models/script.ts';
import { startScriptedServer } from './scripted-models/scripted-server.ts';
import { serveSite, type LocalSite } from './sites/local-sites.ts';
import { shop, teaShops } from './sites/shops.ts';
import { tempFolder } from './temp-folder.ts';

/** The program with a chat, a scripted model and three shops that its browser tasks may go to. All of it goes with the test. */
export async function openBrowserChat({ onTestFinished }: TestContext, script: Script = [{ kind: 'hang' }]) {
  const folder = tempFolder();
  onTestFinished(folder.remove);
  const server = await startScriptedServer({ script });
  onTestFinished(() => server.close());
  const chat = await openAnsweringChat(folder.path, undefined, server.baseUrl);
  onTestFinished(() => chat.program.close());
  const shops: LocalSite[] = [];
  for (const [index, [title, goods]] of Object.entries(teaShops).entries()) {
    const site = await serveSite(shop(title, goods), `127.0.0.${index + 1}`);
    onTestFinished(() => site[Symbol.asyncDispose]());
    shops.push(site);
  }
  await chat.ok('settings.set', { allowedHosts: shops.map(({ host }) => host) });
  return { server, chat, shops, dataDir: folder.path };
}

/** How the rows of a shop are read. */
export const goodsOfShop = {
  rows: 'li.item',
  fields: [
    { name: 'name', css: '.name' },
    { name: 'price', css: '.price', take: 'number' as const },
  ],
};

/** What a browser task has told its chat, once it is over. */
export async function toldAtEnd(chat: AnsweringChat, job: JobId): Promise<MessageView> {
  const isResult = ({ jobId, note }: MessageView) => jobId === job && note === 'background_ready';
  const all = await chat.until(messages => messages.some(message => isResult(message) && isOver(message)));
  const told = all.find(isResult);
  if (told === undefined) throw new Error('The task has told nothing.');
  return told;
}

/** What a task asks for a tool, once it asks. */
export async function askedFor(chat: AnsweringChat, job: JobId, tool: string): Promise<ApprovalView> {
  const found = Promise.withResolvers<ApprovalView>();
  const look = () => {
    chat.ok('approvals.list', { jobId: job }).then(({ approvals }) => {
      const asked = approvals.find(each => each.tool === tool && each.answered === null && !each.isClosed);
      if (asked !== undefined) found.resolve(asked);
    }, found.reject);
  };
  const stop = chat.client.onEvent('approvals.changed', look);
  look();
  return found.promise.finally(stop);
}
