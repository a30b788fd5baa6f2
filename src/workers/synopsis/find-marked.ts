import { open, readdir } from 'node:fs/promises';
import { join } from 'node:path';

/** Notes looked into for one that was moved; in a vault that holds more it counts as deleted, which harms nothing. */
const notesLookedInto = 5_000;
/** Folders within folders; nobody nests a vault deeper. */
const deepest = 12;
/** The mark is the first line of the front matter. */
const bytesRead = 512;

/**
 * Notes beneath the folder whose first lines hold this one, by their paths with slashes. Hidden folders, as Obsidian's own, and
 * links are passed over.
 */
export async function findMarked(folder: string, mark: string): Promise<string[]> {
  const found: string[] = [];
  let left = notesLookedInto;

  async function look(within: readonly string[]): Promise<void> {
    const entries = await readdir(join(folder, ...within), { withFileTypes: true }).catch(() => []);
    for (const entry of entries) {
      if (left <= 0 || entry.name.startsWith('.')) continue;
      if (entry.isDirectory() && within.length < deepest) await look([...within, entry.name]);
      if (!entry.isFile() || !entry.name.toLowerCase().endsWith('.md')) continue;
      left -= 1;
      if (await holds(join(folder, ...within, entry.name), mark)) found.push([...within, entry.name].join('/'));
    }
  }
  await look([]);
  return found;
}

async function holds(path: string, mark: string): Promise<boolean> {
  const file = await open(path, 'r').catch(() => null);
  if (file === null) return false;
  try {
    const { buffer, bytesRead: length } = await file.read(Buffer.alloc(bytesRead), 0, bytesRead, 0);
    return buffer.toString('utf8', 0, length).split(/\r?\n/u).includes(mark);
  } catch {
    return false;
  } finally {
    await file.close();
  }
}
