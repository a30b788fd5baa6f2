import { openPromise, type Entry, type ZipFile } from 'yauzl';
import { DocumentRefused } from './document-refused.ts';
import type { Original } from './original.ts';

/** Entries of an archive: a DOCX with a thousand pictures has some thousand. */
const entryLimit = 20_000;
/** Declared size of everything inside: pictures are not inflated, so this bounds what a library may be talked into. */
const totalLimit = 1024 * 1024 * 1024;
/** Bytes inflated from one archive by readers that hold a piece at a time: a workbook of a million rows has some 200 MiB of XML. */
const inflatedLimit = 512 * 1024 * 1024;
/** Bytes above which the ratio is judged: short files of repeated markup compress by hundreds and harm nobody. */
const ratioFrom = 8 * 1024 * 1024;
/** How far the parts of a real document are compressed at most; long tables of equal rows reach a hundred. */
const ratioLimit = 250;

/** An archive whose entries are read by name. Nothing of it is ever written to the disk, so a name leads nowhere. */
export interface Archive {
  readonly names: readonly string[];
  has(name: string): boolean;
  /** The entry's bytes, a piece at a time and counted. */
  chunks(name: string): AsyncIterable<Buffer>;
  /** All of a short entry. */
  bytes(name: string, limit: number): Promise<Buffer>;
}

export interface ArchiveLimits {
  /** Bytes inflated from all entries that are read. */
  readonly inflated?: number;
  /** Extension of the format, named when the archive has a password. */
  readonly format?: string;
}

/**
 * Opens an archive, looks over its list of entries, and closes it when `read` is done. What is inflated is counted as it comes,
 * because declared sizes may lie.
 *
 * @throws DocumentRefused `zip_bomb`, `too_large`, `damaged` or `encrypted`, and what `read` throws
 */
export async function withArchive<T>(
  original: Pick<Original, 'path'>,
  read: (archive: Archive) => Promise<T>,
  limits: ArchiveLimits = {},
): Promise<T> {
  const zip = await openPromise(original.path, { lazyEntries: true, autoClose: false, validateEntrySizes: true }).catch(refuseDamaged);
  try {
    if (zip.entryCount > entryLimit) throw new DocumentRefused('zip_bomb', `${zip.entryCount} entries`);
    const entries = await entriesOf(zip);
    if (entries.some(entry => entry.isEncrypted())) throw new DocumentRefused('encrypted', limits.format ?? 'zip');
    const declared = entries.reduce((sum, entry) => sum + entry.uncompressedSize, 0);
    if (declared > totalLimit) throw new DocumentRefused('zip_bomb', `${declared} bytes inflated`);
    return await read(archiveOf(zip, entries, limits.inflated ?? inflatedLimit));
  } finally {
    zip.close();
  }
}

function archiveOf(zip: ZipFile, entries: readonly Entry[], limit: number): Archive {
  const byName = new Map(entries.toReversed().map(entry => [entry.fileName, entry]));
  let inflated = 0;
  let packed = 0;

  // SECURITY: every byte that is inflated passes here, before any parser sees it.
  async function* chunks(name: string): AsyncIterable<Buffer> {
    const entry = byName.get(name);
    if (entry === undefined) throw new DocumentRefused('damaged', `the archive has no ${name}`);
    packed += entry.compressedSize;
    const stream = await zip.openReadStreamPromise(entry).catch(refuseDamaged);
    try {
      for await (const chunk of stream as AsyncIterable<Buffer>) {
        inflated += chunk.byteLength;
        if (inflated > ratioFrom && inflated > packed * ratioLimit)
          throw new DocumentRefused('zip_bomb', `${packed} bytes inflate to more than ${inflated}`);
        if (inflated > limit) throw new DocumentRefused('too_large', `text parts of more than ${limit} bytes inflated`);
        yield chunk;
      }
    } catch (error) {
      refuseDamaged(error);
    } finally {
      stream.destroy();
    }
  }

  return {
    names: entries.map(entry => entry.fileName),
    has: name => byName.has(name),
    chunks,
    async bytes(name, byteLimit) {
      const parts: Buffer[] = [];
      let length = 0;
      for await (const chunk of chunks(name)) {
        length += chunk.byteLength;
        if (length > byteLimit) throw new DocumentRefused('too_large', `${name} of more than ${byteLimit} bytes inflated`);
        parts.push(chunk);
      }
      return Buffer.concat(parts);
    },
  };
}

async function entriesOf(zip: ZipFile): Promise<Entry[]> {
  const entries: Entry[] = [];
  try {
    for await (const entry of zip.eachEntry()) {
      entries.push(entry);
      if (entries.length > entryLimit) throw new DocumentRefused('zip_bomb', `over ${entryLimit} entries`);
    }
  } catch (error) {
    refuseDamaged(error);
  }
  return entries;
}

function refuseDamaged(error: unknown): never {
  // What whoever reads the pieces throws passes through here, too.
  if (error instanceof DocumentRefused || (error instanceof Error && error.name === 'AbortError')) throw error;
  throw new DocumentRefused('damaged', error instanceof Error ? error.message : 'zip', error);
}

/** A path inside an archive as another entry of it names it; null for one that leads out of it or to an address. */
export function resolveEntry(from: string, href: string): string | null {
  const bare = href.replace(/[?#].*$/su, '');
  if (bare === '' || /^[a-z][a-z0-9+.-]*:/iu.test(bare)) return null;
  const parts = bare.startsWith('/') ? [] : from.split('/').slice(0, -1);
  for (const part of bare.split('/')) {
    if (part === '..') {
      if (parts.pop() === undefined) return null;
    } else if (part !== '' && part !== '.') {
      parts.push(decoded(part));
    }
  }
  return parts.join('/');
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
