import { v4 as newUuid } from 'uuid';
import { waitForStopSignal } from '../../app/stop-signal.ts';
import { addSources } from '../add-sources.ts';
import { withBackground } from '../background.ts';
import type { CommandContext } from '../command-context.ts';
import { CommandError, exitCodes, type ExitCode } from '../exit-codes.ts';
import { findChat } from '../find-chat.ts';
import { readGivenSources } from '../given-source.ts';
import { listenForKeys } from '../terminal-keys.ts';
import { unwrap } from '../unwrap.ts';

export interface AddOptions {
  readonly sources: readonly string[];
  /** Id, title or a part of it; null begins a chat. */
  readonly chat: string | null;
}

/** Puts files, addresses and whole folders into a chat, prints the chat's id and returns; they are read in the background. */
export async function add(context: CommandContext, { sources: given, chat }: AddOptions): Promise<ExitCode> {
  const { words, out, err } = context;
  const sources = await readGivenSources(given, context);
  if (sources.length === 0) return exitCodes.failed;
  const stop = waitForStopSignal(listenForKeys);
  const requestKey = newUuid();
  try {
    return await withBackground(context, async ({ client }) => {
      const sessionId =
        chat === null ? unwrap(await client.call('sessions.create', { requestKey }), words).id : await findChat(client, chat, context);
      await addSources(client, sessionId, sources, context, stop.signal);
      if (stop.signal.aborted) throw new CommandError(exitCodes.cancelled, words.cancelled);
      out.write(`${sessionId}\n`);
      err.write(`${words.added(sources.length)}\n`);
      return exitCodes.done;
    });
  } finally {
    stop.release();
  }
}
