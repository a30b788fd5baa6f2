import { lstat, opendir } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { isHiddenName } from '../../../shared/domain/hidden-name.ts';
import type { Language } from '../../../shared/domain/language.ts';
import { refusedResult } from '../folders/folder-words.ts';
import { existingPath, namedFolders, pathInFolder, PathRefused, refuse, type PathInFolder } from '../folders/granted-path.ts';
import type { Tool } from './tool.ts';

/** Names shown at once: more than a model can use, and far less than a folder of downloads has. */
const shownLimit = 500;
/** Entries looked at: a folder of a million files is not read to its end. */
const lookedAtLimit = 20_000;

const input = z.strictObject({ path: z.string().max(4_096).default('') });
export type ListFilesInput = z.output<typeof input>;

interface Words {
  readonly none: string;
  readonly read: string;
  readonly write: string;
  readonly empty: (path: string) => string;
  readonly more: (count: number) => string;
  readonly bytes: (count: number) => string;
}
const words: Readonly<Record<Language, Words>> = {
  ru: {
    none: 'Человек не открыл ни одной папки. Он может сделать это в настройках, в разделе «Интернет и папки».',
    read: 'только чтение',
    write: 'чтение и запись',
    empty: path => `В папке «${path}» нет файлов, которые можно открыть.`,
    more: count => `И ещё: ${count}.`,
    bytes: count => `${count} Б`,
  },
  en: {
    none: 'The person has granted no folder. It can be done in the settings, under “Web and folders”.',
    read: 'reading only',
    write: 'reading and writing',
    empty: path => `The folder “${path}” has no files that can be opened.`,
    more: count => `And more: ${count}.`,
    bytes: count => `${count} B`,
  },
};

export const listFiles: Tool<ListFilesInput> = {
  name: 'list_files',
  description: {
    ru: 'Показывает, что лежит в папках, которые открыл человек. Без пути — список этих папок. Путь начинается с имени папки: Заметки/2024.',
    en: 'Shows what is in the folders that the person has granted. Without a path, the list of those folders. A path begins with the name of a folder: Notes/2024.',
  },
  input,
  changesOutside: false,
  async run({ path }, { input: agent, task }) {
    const said = words[agent.language];
    const { folders } = agent.reach;
    if (path.trim() === '' || path.trim() === '.') {
      if (folders.length === 0) return { text: said.none };
      return {
        text: namedFolders(folders)
          .map(({ name, mayWrite }) => `${shownName(name)}/  ${mayWrite ? said.write : said.read}`)
          .join('\n'),
      };
    }
    try {
      const place = pathInFolder(path, folders);
      const { lines, more } = await linesOf(place, said, task.signal);
      if (lines.length === 0) return { text: said.empty(place.shown) };
      return { text: [`${place.shown}/`, ...lines, ...(more > 0 ? [said.more(more)] : [])].join('\n') };
    } catch (error) {
      return refusedResult(error, agent.language);
    }
  },
};

async function linesOf(place: PathInFolder, said: Words, signal: AbortSignal): Promise<{ lines: readonly string[]; more: number }> {
  const real = await existingPath(place);
  if (!(await lstat(real).catch(refuse(place.shown))).isDirectory()) throw new PathRefused('no_list', place.shown);
  const names: string[] = [];
  let looked = 0;
  // `for await` closes the folder, also when it is left early.
  for await (const entry of await opendir(real).catch(refuse(place.shown))) {
    signal.throwIfAborted();
    looked += 1;
    if (looked > lookedAtLimit) break;
    if (!isHiddenName(entry.name)) names.push(entry.name);
  }
  names.sort((a, b) => a.localeCompare(b));
  const lines: string[] = [];
  for (const name of names.slice(0, shownLimit)) {
    const line = await lineOf(real, name, place, said);
    if (line !== null) lines.push(line);
  }
  return { lines, more: Math.max(0, names.length - shownLimit) };
}

/** Null for what cannot be opened: a link that leads out, a pipe, a device. */
async function lineOf(real: string, name: string, place: PathInFolder, said: Words): Promise<string | null> {
  const within: PathInFolder = { ...place, segments: [...place.segments, name] };
  try {
    const path = await existingPath(within);
    const stats = await lstat(path);
    if (stats.isDirectory()) return `${shownName(name)}/`;
    return stats.isFile() ? `${shownName(name)}  ${said.bytes(stats.size)}  ${stats.mtime.toISOString().slice(0, 16)}` : null;
  } catch (error) {
    if (error instanceof PathRefused) return null;
    // Gone between the list and the look.
    if ((await lstat(join(real, name)).catch(() => null)) === null) return null;
    throw error;
  }
}

/** A name is the words of whoever made the file: it stays on its line. */
function shownName(name: string): string {
  return name.replaceAll(/\s+/gu, ' ');
}
