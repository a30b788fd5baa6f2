import { readControlFile } from '../../ipc/control-file.ts';
import { controlLinkPath } from '../../ipc/local-server.ts';
import type { CommandContext } from '../command-context.ts';
import { CommandError, exitCodes, type ExitCode } from '../exit-codes.ts';
import { openBrowser } from '../open-browser.ts';

/** A living program on this machine answers in milliseconds, even a busy one. */
const answerLimitMs = 3_000;
/** What a program without a page answers. */
const hasNoPage = 404;

export async function openInBrowser({ dataDir, words, out }: CommandContext): Promise<ExitCode> {
  const record = readControlFile(dataDir);
  if (record === null) throw new CommandError(exitCodes.dataFolder, words.notRunning);
  const response = await fetch(`http://127.0.0.1:${record.port}${controlLinkPath}`, {
    headers: { Authorization: `Bearer ${record.token}` },
    redirect: 'error',
    signal: AbortSignal.timeout(answerLimitMs),
  }).catch(() => null);
  if (response?.status === hasNoPage)
    throw new CommandError(exitCodes.dataFolder, record.host === 'desktop' ? words.hasOwnWindow : words.noPageNow);
  if (response === null || !response.ok) throw new CommandError(exitCodes.dataFolder, words.notRunning);
  const link = (await response.text()).trim();
  out.write(`${words.serving(link)}\n`);
  openBrowser(link);
  return exitCodes.done;
}
