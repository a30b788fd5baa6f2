import { randomUUID } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { BundleManifest } from '../../../shared/domain/bundle.ts';
import type { VersionId } from '../../../shared/domain/ids.ts';
import type { JobTrace } from '../../../shared/domain/job-trace.ts';
import type { Language } from '../../../shared/domain/language.ts';
import type { SynopsisVersion } from '../../../shared/domain/synopsis.ts';
import { exportWords } from '../../../shared/export/export-words.ts';
import { fileKinds, type FileFormat } from '../../../shared/export/file-formats.ts';
import { fileStemOf } from '../../../shared/export/file-name.ts';
import { synopsisMarkdown } from '../../../shared/export/synopsis-markdown.ts';
import { ExpectedError } from '../../ipc/expected-error.ts';
import type { Reader } from '../../store/reader.ts';
import type { Store } from '../../store/store.ts';
import { expectFound } from '../calls/expect-found.ts';
import { readCitationPlaces } from '../export/citation-places.ts';
import type { WorkerQuestion } from '../worker-question.ts';
import type { OfferedFiles } from './offered-files.ts';
import type { PrintPage } from './print-page.ts';

export interface MadeFile {
  readonly path: string;
  readonly fileName: string;
  readonly mediaType: string;
  /** The file is removed. */
  release(): Promise<void>;
}

export interface SynopsisFileParams {
  readonly store: Store;
  readonly reader: Pick<Reader, 'readSegments'>;
  readonly ask: WorkerQuestion;
  readonly offers: OfferedFiles;
  readonly printPage: PrintPage;
  readonly traceOf: (version: SynopsisVersion) => JobTrace | null;
  readonly programVersion: string;
  readonly now: () => number;
}

export type MakeSynopsisFile = (
  wanted: { readonly versionId: VersionId; readonly format: FileFormat; readonly language: Language },
  signal: AbortSignal,
) => Promise<MadeFile>;

/**
 * A file of a finished version, in a working folder, for whoever takes it from there. Throws `not_found`, `not_ready`,
 * `no_cards`, `no_browser`, `print_failed`, `worker_unavailable`.
 */
export function createMakeSynopsisFile(params: SynopsisFileParams): MakeSynopsisFile {
  const { store, reader, ask, offers, printPage } = params;

  return async ({ versionId, format, language }, signal) => {
    const version = finished(store, versionId);
    const { extension, mediaType } = fileKinds[format];
    const fileName = `${fileStemOf(version.title, exportWords[language].synopsis)}.${extension}`;
    const owner = randomUUID();
    const folder = store.staging.folderOf(owner);
    const path = join(folder, `file.${extension}`);
    const made: MadeFile = { path, fileName, mediaType, release: () => store.staging.release(owner) };
    try {
      const places = await readCitationPlaces(version, reader);
      if (format === 'markdown') {
        await writeFile(path, synopsisMarkdown(version, language, places).markdown);
        return made;
      }
      const versionPath = join(folder, 'version.json');
      await writeFile(versionPath, JSON.stringify(version));
      const page = join(folder, 'page.html');
      const { written } = await ask(
        'synopsis.file',
        {
          format: format === 'pdf' ? 'html' : format,
          version: versionPath,
          language,
          places: placesOf(version, places),
          bundle: format === 'bundle' ? await bundleParts(params, version, folder) : null,
          to: format === 'pdf' ? page : path,
        },
        signal,
      );
      if (!written)
        throw new ExpectedError(
          'no_cards',
          'This synopsis has no questions for self-check and no terms, so there is nothing to make cards of.',
        );
      if (format === 'pdf') {
        const urlPath = offers.offer({ path: page, fileName: 'page.html', mediaType: fileKinds.html.mediaType }, () => undefined);
        await writeFile(path, await printPage({ path: page, urlPath, signal }));
      }
      return made;
    } catch (error) {
      await made.release();
      throw error;
    }
  };
}

export function finished(store: Store, id: VersionId): SynopsisVersion {
  const progress = expectFound(store.synopses.progress(id), 'version', id);
  const version = expectFound(store.synopses.open(progress.sessionId, id), 'version', id);
  if (version.state === 'making')
    throw new ExpectedError('not_ready', 'This synopsis is still being made; export it when it is ready.', { retryable: true });
  return version;
}

function placesOf(version: SynopsisVersion, placeOf: Awaited<ReturnType<typeof readCitationPlaces>>) {
  const places: Record<string, { kind: 'heading' | 'paragraph'; text: string }> = {};
  for (const citation of version.sections.flatMap(({ items }) => items.flatMap(({ citations }) => citations))) {
    const place = placeOf(citation);
    if (place !== null) places[`${citation.snapshotHash} ${citation.start}`] = { ...place };
  }
  return places;
}

/** What goes along in a bundle: every text that was read, with what is known of where it came from. */
async function bundleParts({ store, traceOf, programVersion, now }: SynopsisFileParams, version: SynopsisVersion, folder: string) {
  const sources: BundleManifest['sources'] = [];
  const snapshots = new Map<string, { hash: BundleManifest['sources'][number]['snapshotHash']; path: string }>();
  for (const { source, title, snapshotHash, state } of version.coverage) {
    const stored = state !== 'used' || snapshotHash === null ? null : store.snapshots.get(snapshotHash);
    if (stored === null) continue;
    const document = source.kind === 'document' ? store.documents.get(source.documentId) : null;
    sources.push({
      source,
      title,
      snapshotHash: stored.hash,
      origin: document?.origin ?? null,
      format: document?.format ?? null,
      byteCount: document?.byteCount ?? null,
    });
    snapshots.set(stored.hash, { hash: stored.hash, path: store.artifacts.files.path(stored.artifact) });
  }
  // Sections that were taken over may quote an earlier state of a source, which the coverage no longer names.
  for (const { snapshotHash, support } of version.sections.flatMap(({ items }) => items.flatMap(({ citations }) => citations))) {
    const stored = support === 'missing' || snapshots.has(snapshotHash) ? null : store.snapshots.get(snapshotHash);
    if (stored !== null) snapshots.set(stored.hash, { hash: stored.hash, path: store.artifacts.files.path(stored.artifact) });
  }
  const trace = traceOf(version);
  const tracePath = trace === null ? null : join(folder, 'trace.json');
  if (tracePath !== null) await writeFile(tracePath, JSON.stringify(trace));
  return {
    manifest: {
      format: 'konspekt' as const,
      version: 1 as const,
      generator: `Konspekt ${programVersion}`,
      savedAt: new Date(now()).toISOString(),
      sources,
    },
    snapshots: [...snapshots.values()],
    trace: tracePath,
  };
}
