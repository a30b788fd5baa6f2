import { formatAddress, parseAddress } from '../../../shared/contract/address.ts';
import { readControlFile } from '../../ipc/control-file.ts';
import { controlLinkPath } from '../../ipc/local-server.ts';
import { attachToRunning } from '../attach.ts';
import type { CommandContext } from '../command-context.ts';
import { CommandError, exitCodes, type ExitCode } from '../exit-codes.ts';
import { openBrowser } from '../open-browser.ts';
import { printable } from '../printable.ts';

/** A living program on this machine answers in milliseconds, even a busy one. */
const answerLimitMs = 3_000;
/** What a program without a page answers. */
const hasNoPage = 404;

/** Shows a place in the program's window: on the desktop in its own, elsewhere in a browser, whose page reads it behind the `#`. */
export async function openAddress(context: CommandContext, address: string): Promise<ExitCode> {
  const place = parseAddress(address);
  if (place === null) throw new CommandError(exitCodes.usage, context.words.noAddress(printable(address)));
  const running = await attachToRunning(context.dataDir);
  try {
    if (running?.running !== 'desktop') return await openInBrowser(context, `#${formatAddress(place)}`);
    const sent = await running.client.call('app.goTo', { location: place });
    if (!sent.ok) throw new CommandError(exitCodes.dataFolder, context.words.notRunning);
    return exitCodes.done;
  } finally {
    await running?.close();
  }
}

export async function openInBrowser({ dataDir, words, out }: CommandContext, fragment = ''): Promise<ExitCode> {
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
  const link = `${(await response.text()).trim()}${fragment}`;
  out.write(`${words.serving(link)}\n`);
  openBrowser(link);
  return exitCodes.done;
}
