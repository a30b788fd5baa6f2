import { folderDepthLimit, folderEntryLimit, nothingLeftOut, type LeftOut } from '../../shared/domain/folder-files.ts';
import { isHiddenName } from '../../shared/domain/hidden-name.ts';
import type { InFolder } from '../state/actions.ts';

export interface DroppedFolder {
  readonly name: string;
  /** Looks through it and the folders in it. What cannot be opened counts as a link: it leads nowhere. */
  read(): Promise<{ readonly inside: readonly InFolder[]; readonly leftOut: LeftOut }>;
}

/** What was dropped. To be called in the event itself: afterwards the browser no longer tells. */
export function readDropped(data: DataTransfer | null): { readonly files: readonly File[]; readonly folders: readonly DroppedFolder[] } {
  const files: File[] = [];
  const folders: DroppedFolder[] = [];
  for (const item of data?.items ?? []) {
    if (item.kind !== 'file') continue;
    const entry = item.webkitGetAsEntry();
    const file = item.getAsFile();
    if (entry !== null && isFolder(entry)) folders.push({ name: entry.name, read: () => readFolder(entry) });
    else if (file !== null) files.push(file);
  }
  return { files, folders };
}

async function readFolder(root: FileSystemDirectoryEntry): Promise<{ inside: InFolder[]; leftOut: LeftOut }> {
  const inside: InFolder[] = [];
  const leftOut = { ...nothingLeftOut };
  let seen = 0;

  async function walk(folder: FileSystemDirectoryEntry, path: string, depth: number): Promise<void> {
    for (const entry of await entriesOf(folder)) {
      seen += 1;
      const at = path === '' ? entry.name : `${path}/${entry.name}`;
      if (seen > folderEntryLimit) leftOut.beyond += 1;
      else if (isFolder(entry)) {
        if (isHiddenName(entry.name)) leftOut.hidden += 1;
        else if (depth >= folderDepthLimit) leftOut.beyond += 1;
        else await walk(entry, at, depth + 1);
      } else if (isFile(entry)) {
        const file = await new Promise<File | null>(resolve => entry.file(resolve, () => resolve(null)));
        if (file === null) leftOut.link += 1;
        else inside.push({ path: at, byteCount: file.size, file });
      }
    }
  }
  await walk(root, '', 0);
  return { inside, leftOut };
}

/** The browser gives a folder's entries a hundred at a time; an empty answer is the end. */
async function entriesOf(folder: FileSystemDirectoryEntry): Promise<FileSystemEntry[]> {
  const reader = folder.createReader();
  const all: FileSystemEntry[] = [];
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>(resolve => reader.readEntries(resolve, () => resolve([])));
    if (some.length === 0) return all;
    all.push(...some);
  }
}

function isFolder(entry: FileSystemEntry): entry is FileSystemDirectoryEntry {
  return entry.isDirectory;
}
function isFile(entry: FileSystemEntry): entry is FileSystemFileEntry {
  return entry.isFile;
}
