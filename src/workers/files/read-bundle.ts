import { createHash } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { openPromise, type Entry, type ZipFile } from 'yauzl';
import { z } from 'zod';
import { stagedByteLimit, type StagedFile } from '../../shared/contract/worker/task-values.ts';
import { type TaskInput, type TaskOutput } from '../../shared/contract/worker/tasks.ts';
import { bundleManifest, bundleParts, type BundleManifest } from '../../shared/domain/bundle.ts';
import { sha256Hex, type Sha256 } from '../../shared/domain/ids.ts';
import { snapshot as snapshotSchema, type Snapshot } from '../../shared/domain/snapshot.ts';
import { synopsisVersion, type SynopsisVersion } from '../../shared/domain/synopsis.ts';
import { TaskFailure } from '../../shared/domain/task-failure.ts';

/** Entries of a bundle: its own parts and a snapshot for each document of the fullest chat, and as many that a later version adds. */
const entryLimit = 8_000;
/** Bytes of everything in it, inflated: twenty books with their segments. */
const totalByteLimit = 2 * stagedByteLimit;
/** Bytes of the parts that are not snapshots: a synopsis of a thousand pages has a fiftieth of it. */
const partByteLimit = 32 * 1024 * 1024;

type Code = 'not_a_bundle' | 'bundle_too_new' | 'bundle_too_large' | 'bundle_damaged';
const refuse = (code: Code, why: string) => new TaskFailure(code, `The bundle cannot be opened: ${why}.`, { retryable: false });
/** Enough of a manifest to tell a newer bundle from one that is none. */
const anyManifest = z.object({ format: z.literal('konspekt'), version: z.int().positive() });

/**
 * Reads a bundle and stages what main adopts: the snapshots, each under the hash of its text, and the synopsis. Nothing of it
 * is believed: hashes are computed, and every quote is looked up where it says it stands.
 *
 * @throws TaskFailure `not_a_bundle`, `bundle_too_new`, `bundle_too_large`, `bundle_damaged`
 */
export async function readBundle({ path, stagingDir }: TaskInput<'bundle.read'>): Promise<TaskOutput<'bundle.read'>> {
  const zip = await openPromise(path, { lazyEntries: true, autoClose: false, validateEntrySizes: true }).catch((error: unknown) => {
    throw refuse('not_a_bundle', reasonOf(error));
  });
  try {
    const entries = await entriesOf(zip);
    const manifest = manifestOf(await partOf(zip, entries, bundleParts.manifest, 'not_a_bundle'));
    const version = parsed(synopsisVersion, await partOf(zip, entries, bundleParts.synopsis, 'bundle_damaged'), bundleParts.synopsis);
    if (version.state !== 'ready') throw refuse('bundle_damaged', `its synopsis is ${version.state}`);
    const quoted = version.sections
      .flatMap(({ items }) => items.flatMap(({ citations }) => citations))
      .filter(({ support }) => support !== 'missing');
    const wanted = [...new Set([...manifest.sources, ...quoted].map(each => each.snapshotHash))];
    const texts = new Map<Sha256, string>();
    const snapshots: TaskOutput<'bundle.read'>['snapshots'] = [];
    for (const hash of wanted) {
      const bytes = await partOf(zip, entries, bundleParts.snapshot(hash), 'bundle_damaged', stagedByteLimit);
      const snapshot = snapshotOf(bytes, hash);
      texts.set(hash, snapshot.text);
      snapshots.push({
        hash,
        file: await staged(stagingDir, `snapshot-${snapshots.length}.json`, bytes),
        charCount: snapshot.text.length,
        pageCount: snapshot.pages.length === 0 ? null : snapshot.pages.length,
        language: snapshot.language,
      });
    }
    assertQuotes(version, texts);
    return { manifest, synopsis: await staged(stagingDir, 'synopsis.json', Buffer.from(JSON.stringify(version))), snapshots };
  } finally {
    zip.close();
  }
}

async function entriesOf(zip: ZipFile): Promise<ReadonlyMap<string, Entry>> {
  if (zip.entryCount > entryLimit) throw refuse('bundle_too_large', `it has ${zip.entryCount} parts`);
  const entries = new Map<string, Entry>();
  let declared = 0;
  try {
    for await (const entry of zip.eachEntry()) {
      declared += entry.uncompressedSize;
      entries.set(entry.fileName, entry);
    }
  } catch (error) {
    throw refuse('not_a_bundle', reasonOf(error));
  }
  // What is declared is also what is read at most: the reader of an entry fails when there is more.
  if (declared > totalByteLimit) throw refuse('bundle_too_large', `its parts have ${declared} bytes`);
  return entries;
}

async function partOf(zip: ZipFile, entries: ReadonlyMap<string, Entry>, name: string, code: Code, limit = partByteLimit): Promise<Buffer> {
  const entry = entries.get(name);
  if (entry === undefined) throw refuse(code, `it has no ${name}`);
  if (entry.uncompressedSize > limit) throw refuse('bundle_too_large', `${name} has ${entry.uncompressedSize} bytes`);
  try {
    return await bytesOf(await zip.openReadStreamPromise(entry));
  } catch (error) {
    throw refuse('bundle_damaged', `${name}: ${reasonOf(error)}`);
  }
}

async function bytesOf(stream: Readable): Promise<Buffer> {
  const pieces: Buffer[] = [];
  for await (const piece of stream) pieces.push(piece as Buffer);
  return Buffer.concat(pieces);
}

function manifestOf(bytes: Buffer): BundleManifest {
  const any = anyManifest.safeParse(jsonOf(bytes));
  if (!any.success) throw refuse('not_a_bundle', 'its manifest is that of something else');
  if (any.data.version > bundleManifest.shape.version.value) throw refuse('bundle_too_new', `it is of version ${any.data.version}`);
  return parsed(bundleManifest, bytes, bundleParts.manifest);
}

function parsed<T>(schema: z.ZodType<T>, bytes: Buffer, name: string): T {
  const result = schema.safeParse(jsonOf(bytes));
  if (!result.success) throw refuse('bundle_damaged', `${name} does not have its shape`);
  return result.data;
}

function jsonOf(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch {
    return null;
  }
}

function snapshotOf(bytes: Buffer, hash: Sha256): Snapshot {
  const snapshot = parsed(snapshotSchema, bytes, bundleParts.snapshot(hash));
  const found = createHash('sha256').update(snapshot.text).digest('hex');
  if (found !== hash || snapshot.hash !== hash) throw refuse('bundle_damaged', `the text ${hash} has the hash ${found}`);
  // SECURITY: one snapshot stands for every document of the same text, also for one that the person adds later.
  const { text, segments, pages } = snapshot;
  if (!isDivided(text, segments) || !isInOrder(text, pages) || !pages.every(({ number }, at) => number > (pages[at - 1]?.number ?? 0)))
    throw refuse('bundle_damaged', `the parts of the text ${hash} are not what it is made of`);
  return snapshot;
}

interface Span {
  readonly start: number;
  readonly end: number;
}

function isInOrder(text: string, spans: readonly Span[]): boolean {
  return spans.every(({ start, end }, at) => start >= (spans[at - 1]?.end ?? 0) && start <= end && end <= text.length);
}

/** In order, none over another, and all that is between them is white space. */
function isDivided(text: string, spans: readonly Span[]): boolean {
  if (!isInOrder(text, spans)) return false;
  const ends = [0, ...spans.map(({ end }) => end)];
  const starts = [...spans.map(({ start }) => start), text.length];
  return starts.every((start, at) => text.slice(ends[at] ?? 0, start).trim() === '');
}

/** SECURITY: a quote that is shown as verified is one, wherever the bundle comes from. */
function assertQuotes(version: SynopsisVersion, texts: ReadonlyMap<Sha256, string>): void {
  for (const { quote, start, end, snapshotHash, support } of version.sections.flatMap(({ items }) =>
    items.flatMap(({ citations }) => citations),
  )) {
    if (support === 'missing') continue;
    const text = texts.get(snapshotHash);
    if (text === undefined) throw refuse('bundle_damaged', `it does not have the text ${snapshotHash}, which is quoted`);
    if (start === null || end === null || text.slice(start, end) !== quote)
      throw refuse('bundle_damaged', `"${quote.slice(0, 60)}" does not stand where it says`);
  }
  for (const { state, snapshotHash } of version.coverage)
    if (state === 'used' && (snapshotHash === null || !texts.has(snapshotHash)))
      throw refuse('bundle_damaged', 'a text that was read is not in it');
}

async function staged(folder: string, name: string, bytes: Buffer): Promise<StagedFile> {
  await writeFile(join(folder, name), bytes);
  return { name, sha256: sha256Hex.parse(createHash('sha256').update(bytes).digest('hex')), byteCount: bytes.byteLength };
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
