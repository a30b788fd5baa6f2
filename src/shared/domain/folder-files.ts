import { documentByteLimit } from './document.ts';
import { formatOfName } from './document-formats.ts';
import { isHiddenName } from './hidden-name.ts';
import type { Language } from './language.ts';

/** Files taken from one folder: a course or an archive of minutes; a disk that was dropped by mistake is not read whole. */
export const folderFileLimit = 500;
/** Folders in folders that are entered. */
export const folderDepthLimit = 16;
/** Names looked at in one folder with all that is in it. */
export const folderEntryLimit = 50_000;

/** Why a file of a folder is not taken. `beyond`: there are more than `folderFileLimit`, or than can be looked at. */
export const leftOutReasons = ['hidden', 'unknown', 'savedPart', 'tooLarge', 'link', 'beyond'] as const;
export type LeftOutReason = (typeof leftOutReasons)[number];
export type LeftOut = Readonly<Record<LeftOutReason, number>>;

export interface FolderFile {
  /** Within the folder that was given, parted by `/`, without that folder's own name. */
  readonly path: string;
  readonly byteCount: number;
}

export const nothingLeftOut: LeftOut = { hidden: 0, unknown: 0, savedPart: 0, tooLarge: 0, link: 0, beyond: 0 };

/** Ends of the names that browsers give to the folder beside a saved page; its pictures and scripts are parts of that page. */
const savedFolder = /(?:_files|\.files|_файлы)$/iu;

/** Those files of a folder that are read, in the order of their paths, and how many are not, by reason. */
export function chooseFolderFiles<T extends FolderFile>(
  files: readonly T[],
  already: LeftOut = nothingLeftOut,
): { readonly taken: readonly T[]; readonly leftOut: LeftOut } {
  const leftOut = { ...already };
  const taken: T[] = [];
  for (const file of files.toSorted((a, b) => a.path.localeCompare(b.path, 'en', { numeric: true }))) {
    const reason = reasonAgainst(file, taken.length);
    if (reason === null) taken.push(file);
    else leftOut[reason] += 1;
  }
  return { taken, leftOut };
}

function reasonAgainst({ path, byteCount }: FolderFile, taken: number): LeftOutReason | null {
  const names = path.split('/');
  if (names.some(isHiddenName)) return 'hidden';
  if (names.slice(0, -1).some(name => savedFolder.test(name))) return 'savedPart';
  if (formatOfName(path) === null) return 'unknown';
  if (byteCount > documentByteLimit) return 'tooLarge';
  return taken >= folderFileLimit ? 'beyond' : null;
}

const words: Readonly<
  Record<
    Language,
    Readonly<Record<LeftOutReason, string>> & { readonly title: (folder: string) => string; readonly none: (folder: string) => string }
  >
> = {
  ru: {
    title: folder => `Из папки «${folder}» не взяты`,
    none: folder => `В папке «${folder}» нет файлов, которые можно прочитать`,
    hidden: 'скрытые и служебные',
    unknown: 'незнакомые форматы',
    savedPart: 'части сохранённых страниц',
    tooLarge: 'слишком большие',
    link: 'ссылки на другие места',
    beyond: `сверх ${folderFileLimit}`,
  },
  en: {
    title: folder => `Left out of the folder "${folder}"`,
    none: folder => `The folder "${folder}" has no file that can be read`,
    hidden: 'hidden and system files',
    unknown: 'unknown formats',
    savedPart: 'parts of saved pages',
    tooLarge: 'too large',
    link: 'links to other places',
    beyond: `beyond ${folderFileLimit}`,
  },
};

/** What of a folder is not taken and why, as one sentence; null where everything is. */
export function sayLeftOut(folder: string, leftOut: LeftOut, taken: number, language: Language): string | null {
  const said = words[language];
  const list = leftOutReasons.flatMap(reason => (leftOut[reason] === 0 ? [] : [`${said[reason]}: ${leftOut[reason]}`])).join('; ');
  if (taken === 0) return `${said.none(folder)}${list === '' ? '' : ` (${list})`}.`;
  return list === '' ? null : `${said.title(folder)}: ${list}.`;
}
