import type { Client } from '../../shared/contract/client.ts';
import type { LoginView } from '../../shared/domain/browser-login.ts';
import { browserWordsFor } from './browser-words.ts';
import type { CommandContext } from './command-context.ts';
import { CommandError, exitCodes } from './exit-codes.ts';
import { unwrap } from './unwrap.ts';

/** The login of this name, in any case. */
export async function findLogin(client: Client, name: string, { words, locale }: CommandContext): Promise<LoginView> {
  const { logins } = unwrap(await client.call('browser.logins', {}), words);
  const found = logins.find(login => login.name.toLocaleLowerCase() === name.toLocaleLowerCase());
  if (found === undefined) throw new CommandError(exitCodes.notFound, browserWordsFor(locale).noSuchLogin(name));
  return found;
}
