import { opendir, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import {
  chooseFolderFiles,
  folderDepthLimit,
  folderEntryLimit,
  nothingLeftOut,
  type FolderFile,
  type LeftOut,
} from '../../shared/domain/folder-files.ts';
import { isHiddenName } from '../../shared/domain/hidden-name.ts';

export interface FolderSources {
  readonly name: string;
  /** Paths of the files to be read. */
  readonly paths: readonly string[];
  readonly leftOut: LeftOut;
}

/** What of a folder and the folders in it is read. Links are not followed: they may lead anywhere, and round and round. */
export async function readFolder(folder: string): Promise<FolderSources> {
  const files: FolderFile[] = [];
  const counted = { ...nothingLeftOut };
  let seen = 0;

  async function walk(inside: string, depth: number): Promise<void> {
    for await (const entry of await opendir(join(folder, inside))) {
      seen += 1;
      const path = inside === '' ? entry.name : `${inside}/${entry.name}`;
      if (seen > folderEntryLimit) counted.beyond += 1;
      else if (entry.isSymbolicLink()) counted.link += 1;
      else if (entry.isDirectory()) {
        if (isHiddenName(entry.name)) counted.hidden += 1;
        else if (depth >= folderDepthLimit) counted.beyond += 1;
        else await walk(path, depth + 1);
      } else if (entry.isFile()) files.push({ path, byteCount: (await stat(join(folder, path))).size });
    }
  }
  await walk('', 0);
  const { taken, leftOut } = chooseFolderFiles(files, counted);
  return { name: basename(folder), paths: taken.map(({ path }) => join(folder, path)), leftOut };
}
