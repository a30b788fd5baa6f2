import { writeFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { ExpectedError } from '../../ipc/expected-error.ts';

/** Asks the person where a file goes; null when they changed their mind. A host without dialogs has none. */
export type ChooseFile = (suggestedName: string) => Promise<string | null>;

/** Asks the person for a folder that is there; null when they changed their mind. */
export type ChooseFolder = () => Promise<string | null>;

/**
 * Writes an export where the person says. `saved` is the name they gave it; null when they cancelled and nothing was
 * written. What is said of it comes from here, never from the click.
 */
export async function saveExport(
  { fileName, text }: { readonly fileName: string; readonly text: string },
  choose: ChooseFile | null,
): Promise<{ readonly saved: string | null }> {
  if (choose === null)
    throw new ExpectedError('no_dialog', 'This host has no dialog to choose a file with. Fetch the file or read it with the command line.');
  const path = await choose(fileName);
  if (path === null) return { saved: null };
  try {
    // SECURITY: the one file main writes outside its folder; the path comes from the system's dialog, not from the page.
    await writeFile(path, text);
  } catch (cause) {
    throw new ExpectedError('cannot_write', `"${basename(path)}" cannot be written there. Choose another folder.`, { cause });
  }
  return { saved: basename(path) };
}
