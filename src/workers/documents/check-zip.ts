import { Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { openPromise, type Entry, type ZipFile } from 'yauzl';
import { DocumentRefused } from './document-refused.ts';
import { extensionOf } from './detect-format.ts';
import type { Original } from './original.ts';

/** Entries of an archive: a DOCX with a thousand pictures has some thousand. */
const entryLimit = 20_000;
/** Declared size of everything inside: pictures are not inflated, so this bounds what the library may be talked into. */
const totalLimit = 1024 * 1024 * 1024;
/** Bytes of everything but pictures, inflated: a book of 1,000 pages has some 20 MiB, and the parser holds about 25 times that while it works. */
const partsLimit = 32 * 1024 * 1024;
/** Bytes above which the ratio is judged: short files of repeated markup compress by hundreds and harm nobody. */
const ratioFrom = 8 * 1024 * 1024;
/** How far the parts of a real document are compressed at most; long tables of equal rows reach a hundred. */
const ratioLimit = 250;
/** What the reader never opens. */
const pictures = /\.(?:png|jpe?g|gif|emf|wmf|wdp|tiff?|bmp|svg|odttf|fntdata|mp[34]|m4[av]|wav)$/iu;

/** Main parts of office formats, so that a refusal can name them. */
const mainParts: readonly (readonly [RegExp, string])[] = [
  [/^xl\/workbook\.(?:xml|bin)$/u, 'xlsx'],
  [/^ppt\/presentation\.xml$/u, 'pptx'],
  [/^content\.xml$/u, 'odt'],
  [/^META-INF\/container\.xml$/u, 'epub'],
];
const wordPart = /^word\/document\d*\.xml$/iu;

/**
 * Looks through an archive before any library opens it: counts entries, adds up sizes and inflates the parts into nothing,
 * because declared sizes may lie. Memory stays at one buffer.
 *
 * @throws DocumentRefused `zip_bomb`, `too_large`, `damaged`, `encrypted`, or the archive's type when it is no DOCX
 */
export async function refuseUnlessDocx(original: Original): Promise<void> {
  // SECURITY: the checks below must come before mammoth sees the file.
  const zip = await openPromise(original.path, { lazyEntries: true, autoClose: false, validateEntrySizes: true }).catch(refuseDamaged);
  try {
    if (zip.entryCount > entryLimit) throw new DocumentRefused('zip_bomb', `${zip.entryCount} entries`);
    const entries = await entriesOf(zip);
    if (!entries.some(entry => wordPart.test(entry.fileName))) refuseOther(entries, original.name);
    if (entries.some(entry => entry.isEncrypted())) throw new DocumentRefused('encrypted', 'docx');
    const declared = entries.reduce((sum, entry) => sum + entry.uncompressedSize, 0);
    if (declared > totalLimit) throw new DocumentRefused('zip_bomb', `${declared} bytes inflated`);
    await inflateParts(zip, entries);
  } finally {
    zip.close();
  }
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

async function inflateParts(zip: ZipFile, entries: readonly Entry[]): Promise<void> {
  let inflated = 0;
  let packed = 0;
  for (const entry of entries) {
    if (entry.fileName.endsWith('/') || pictures.test(entry.fileName)) continue;
    packed += entry.compressedSize;
    const counter = new Writable({
      write(chunk: Buffer, _encoding, done) {
        inflated += chunk.byteLength;
        if (inflated > ratioFrom && inflated > packed * ratioLimit)
          done(new DocumentRefused('zip_bomb', `${packed} bytes inflate to more than ${inflated}`));
        else if (inflated > partsLimit) done(new DocumentRefused('too_large', `text parts of more than ${partsLimit} bytes inflated`));
        else done();
      },
    });
    try {
      await pipeline(await zip.openReadStreamPromise(entry), counter);
    } catch (error) {
      refuseDamaged(error);
    }
  }
}

function refuseOther(entries: readonly Entry[], name: string): never {
  const type = mainParts.find(([part]) => entries.some(entry => part.test(entry.fileName)))?.[1] ?? 'zip';
  throw new DocumentRefused(/^doc[xm]$/u.test(extensionOf(name)) ? 'wrong_format' : 'unsupported_format', type);
}

function refuseDamaged(error: unknown): never {
  if (error instanceof DocumentRefused) throw error;
  throw new DocumentRefused('damaged', error instanceof Error ? error.message : 'zip', error);
}
