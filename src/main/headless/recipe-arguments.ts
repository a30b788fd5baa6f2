import type { Client } from '../../shared/contract/client.ts';
import type { CallOutput } from '../../shared/contract/contract.ts';
import { browserWordsFor } from './browser-words.ts';
import type { CommandContext } from './command-context.ts';
import { CommandError, exitCodes } from './exit-codes.ts';
import { unwrap } from './unwrap.ts';

export type SavedRecipe = CallOutput<'browser.recipes'>['recipes'][number];

/** For an option that may be given several times. */
export const collected = (one: string, all: readonly string[]): readonly string[] => [...all, one];

/** Values as they are given, `name=value` each. */
export function valuesByName(given: readonly string[], { locale }: CommandContext): Record<string, string> {
  return Object.fromEntries(
    given.map(param => {
      const at = param.indexOf('=');
      if (at < 1) throw new CommandError(exitCodes.usage, browserWordsFor(locale).badParam(param));
      return [param.slice(0, at), param.slice(at + 1)];
    }),
  );
}

/** The saved recipe that a person means, by its name. */
export async function findRecipe(client: Client, name: string, { words, locale }: CommandContext): Promise<SavedRecipe> {
  const { recipes } = unwrap(await client.call('browser.recipes', {}), words);
  const found = recipes.find(({ recipe }) => recipe.name.toLocaleLowerCase() === name.toLocaleLowerCase());
  if (found === undefined) throw new CommandError(exitCodes.notFound, browserWordsFor(locale).noSuchRecipe(name));
  return found;
}
