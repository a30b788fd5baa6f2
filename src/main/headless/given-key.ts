import { text } from 'node:stream/consumers';
import type { CallInput } from '../../shared/contract/contract.ts';
import type { CommandContext } from './command-context.ts';
import { CommandError, exitCodes } from './exit-codes.ts';
import { modelWordsFor } from './model-words.ts';

type Key = CallInput<'providers.save'>['key'];

/**
 * The key that a command was given; undefined for none.
 * SECURITY: never from an argument; what was read is written nowhere.
 */
export async function givenKey(
  { keyEnv, keyStdin }: { readonly keyEnv?: string; readonly keyStdin: boolean },
  { locale }: CommandContext,
): Promise<Key> {
  const words = modelWordsFor(locale);
  if (keyEnv === undefined && !keyStdin) return undefined;
  if (keyStdin && process.stdin.isTTY) throw new CommandError(exitCodes.usage, words.noKeyOnInput);
  const value = (keyEnv === undefined ? await text(process.stdin) : (process.env[keyEnv] ?? '')).trim();
  if (value === '') throw new CommandError(exitCodes.usage, keyEnv === undefined ? words.noKeyOnInput : words.noKeyInVariable(keyEnv));
  return { is: 'new', value, acceptWeak: true };
}
