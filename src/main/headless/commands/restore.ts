import { programPaths } from '../../app/program-paths.ts';
import type { CommandContext } from '../command-context.ts';
import { exitCodes, type ExitCode } from '../exit-codes.ts';
import { startHost } from '../host.ts';

/**
 * Puts the newest good backup, or an empty database, in the place of a damaged one, which is kept aside; a sound one is
 * left alone. Throws what opening throws: damage without a backup is told again, with the cure that is left.
 */
export async function restore(
  { dataDir, locale, words, out }: CommandContext,
  options: { readonly beginAnew: boolean },
): Promise<ExitCode> {
  const host = await startHost({
    dataDir,
    locale,
    withPage: false,
    port: 0,
    paths: programPaths(),
    stays: 'command',
    works: false,
    onCorruption: options.beginAnew ? 'beginAnew' : 'restoreBackup',
  });
  const { restored } = host.app.opened;
  await host.close();
  if (restored === null) out.write(`${words.notDamaged}\n`);
  else {
    out.write(`${restored.backup === null ? words.begunAnew : words.restored(new Date(restored.backup.takenAtMs))}\n`);
    if (restored.keptAside !== null) out.write(`${words.keptAside(restored.keptAside)}\n`);
  }
  return exitCodes.done;
}
