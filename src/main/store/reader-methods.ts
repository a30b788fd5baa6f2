import type { Segment } from '../../shared/domain/snapshot.ts';
import type { BackupView } from '../../shared/domain/backup.ts';
import type { SessionId, Sha256, VersionId } from '../../shared/domain/ids.ts';
import type { Snippet } from '../../shared/domain/snippet.ts';
import type { HostCallInput, HostCallOutput } from '../../shared/contract/worker/host-calls.ts';
import { createArtifactFiles } from './artifact-files.ts';
import { describeBackups } from './backup-contents.ts';
import type { BackupFile, DatabaseVerdict } from './backup-file.ts';
import { checkDatabaseFile, writeVerifiedBackup } from './backup-file.ts';
import type { Database } from './connection.ts';
import { countRows } from './count-rows.ts';
import type { DataFolder } from './data-folder.ts';
import type { JobPage, JobPageRequest } from './jobs/job-views.ts';
import { createJobViews } from './jobs/job-views.ts';
import { matchSnippet } from './match-snippet.ts';
import type { MessageHit } from './messages.ts';
import { createMessages } from './messages.ts';
import { schemaVersion } from './migrate.ts';
import type { PageRequest } from './page-cursor.ts';
import type { Passage } from './passage-chunks.ts';
import { passagesOf } from './passage-chunks.ts';
import type { PreparedPassage } from './passages.ts';
import { createPassageSearch, type Meaning, type PassageHit } from './search/passage-search.ts';
import { createPassageVectors, type EmbeddingModel, type VectorHealth } from './search/passage-vectors.ts';
import { createUnembedded, type UnembeddedBatch } from './search/unembedded.ts';
import { indexText, wordMatcher } from './search-words.ts';
import type { SessionPage } from './sessions.ts';
import { createSessions } from './sessions.ts';
import { createSnapshotFiles, readSnapshot, SnapshotDamagedError } from './snapshot-files.ts';
import type { SnapshotHead } from './snapshots.ts';
import { createSnapshots } from './snapshots.ts';
import type { LibraryItem } from '../../shared/domain/library.ts';
import { createLibrary, type LibraryPageRequest } from './synopses/library.ts';
import { createVersionRows } from './synopses/version-rows.ts';

/** Characters shown on each side of a found passage; the same as in a citation. */
const contextChars = 64;

export interface SegmentPage {
  readonly total: number;
  readonly pageCount: number;
  readonly segments: (Segment & { readonly index: number; readonly text: string })[];
}

export interface TextPart {
  readonly text: string;
  readonly start: number;
  readonly end: number;
  readonly charCount: number;
  readonly page: number | null;
}

export interface PreparedSlice {
  /** Passages of the whole snapshot. */
  readonly total: number;
  readonly passages: PreparedPassage[];
}

export type SearchRequest = PageRequest & { readonly search: string; readonly withSnippets: boolean };

export type FoundPassage = Omit<PassageHit, 'artifact' | 'score'> & { readonly snippet: Snippet };

/** What the reader thread does. Arguments and results are plain data, since they cross a thread. */
export interface ReaderMethods {
  /** Passages of the session's ready documents and chat snapshot, with their text, best first. Those of damaged snapshots are left out. */
  searchPassages(query: HostCallInput<'passages.search'> & { readonly meaning?: Meaning | null }): {
    readonly passages: HostCallOutput<'passages.search'>;
    readonly damaged: Sha256[];
  };
  /** The same over every chat, with a snippet of each. */
  searchMaterial(query: { readonly typed: string; readonly limit: number; readonly meaning: Meaning | null }): {
    readonly found: FoundPassage[];
    readonly damaged: Sha256[];
    readonly byMeaning: boolean;
  };
  /** What a model has not put into numbers yet. */
  unembedded(query: { readonly model: EmbeddingModel; readonly after: number; readonly limit: number }): UnembeddedBatch;
  /** How far a model has come with what there is, and whether a search by it would be answered now. */
  vectorHealth(model: EmbeddingModel): VectorHealth & { readonly isLoaded: boolean };
  /** Reads one more slice of what a model has put into numbers into memory: searches by meaning find nothing before the last one. */
  loadMeaning(model: EmbeddingModel): { readonly isLoaded: boolean };
  /** With snippets only where they were asked for, and of no chat that has no text. */
  searchSessions(page: SearchRequest): SessionPage & {
    readonly snippets?: { readonly sessionId: SessionId; readonly snippet: Snippet }[];
  };
  /** As `JobViews.page`: a search without a hit reads the title of every job there ever was. */
  searchJobs(request: JobPageRequest): JobPage;
  searchMessages(query: { readonly typed: string; readonly limit: number }): MessageHit[];
  searchSynopses(page: LibraryPageRequest & { readonly withSnippets: boolean }): {
    readonly synopses: (LibraryItem & { readonly snippet?: Snippet })[];
    readonly next: string | null;
  };
  /** Whole segments of a stored snapshot; null when there is no such snapshot. */
  readSegments(query: { readonly snapshotHash: Sha256; readonly from: number; readonly limit: number }): SegmentPage | null;
  /** A part of a stored text, whole characters; null when there is no such snapshot. `page` is where it begins. */
  readText(query: { readonly snapshotHash: Sha256; readonly start: number; readonly limit: number }): TextPart | null;
  /** The segment at the offset, or the next one when it falls between two; null when there is no such snapshot or segment. */
  locateSegment(query: { readonly snapshotHash: Sha256; readonly offset: number }): { readonly index: number } | null;
  /**
   * What a snapshot file that nothing names yet says of itself. Throws `SnapshotDamagedError` when its text does not have the
   * hash it is to be stored under.
   */
  checkSnapshot(query: { readonly artifact: Sha256; readonly snapshotHash: Sha256 }): Pick<SnapshotHead, 'charCount' | 'language'>;
  /** Chunks and stems a part of a snapshot for the index. Throws when the snapshot's row or file is missing or damaged. */
  preparePassages(query: { readonly snapshotHash: Sha256; readonly from: number; readonly limit: number }): PreparedSlice;
  /** Sentences of SQLite about what is wrong; empty when nothing is. Reads the whole file. */
  integrityCheck(): string[];
  /** Moves the log into the database file, so that main's commits need not. Throws what SQLite says of a disk that takes no more. */
  moveLog(): void;
  /** A verified copy of the database as it is now. Throws when the copy does not pass its check. */
  writeBackup(file: string): BackupFile;
  /** Every backup with what is in it, newest first. `newestKnownSchema` is of the newest migration of this build. */
  describeBackups(query: { readonly newestKnownSchema: number }): BackupView[];
  /** Reads all of a backup. */
  checkBackup(file: string): DatabaseVerdict;
  /** Rows of every table of ours, by the table's name. */
  countRows(): { readonly schema: number; readonly rows: Record<string, number> };
}

/** `moveLog` is given by the thread, whose own connection cannot write. */
export function createReaderMethods(
  db: Database,
  folder: Pick<DataFolder, 'artifacts' | 'staging' | 'backups'>,
  moveLog: () => void,
): ReaderMethods {
  const files = createArtifactFiles(folder.artifacts, folder.staging);
  const sessions = createSessions(db);
  const jobs = createJobViews(db);
  const messages = createMessages(db);
  const search = createPassageSearch(db);
  const vectors = createPassageVectors(db);
  const snapshots = createSnapshots(db);
  const library = createLibrary(db);
  const versions = createVersionRows(db);
  const read = createSnapshotFiles(hash => {
    const head = snapshots.get(hash);
    if (head === null) throw new Error(`There is no snapshot ${hash} in the database.`);
    return files.path(head.artifact);
  });
  let chunked: { readonly hash: Sha256; readonly passages: readonly Passage[] } | null = null;

  function chunksOf(hash: Sha256): readonly Passage[] {
    if (chunked?.hash !== hash) chunked = { hash, passages: passagesOf(read(hash)) };
    return chunked.passages;
  }

  /** The first text with a word that was searched for, else the beginning. Texts after it are not read. */
  function snippetOf(version: VersionId, typed: string, isMatch: (word: string) => boolean): Snippet | undefined {
    let beginning: Snippet | undefined;
    for (const text of versions.texts(version)) {
      const snippet = matchSnippet(text, typed, isMatch);
      if (snippet.marks.length > 0) return snippet;
      beginning ??= snippet;
    }
    return beginning;
  }

  function textUnlessDamaged(hash: Sha256): string | null {
    try {
      return read(hash).text;
    } catch (error) {
      if (error instanceof SnapshotDamagedError) return null;
      throw error;
    }
  }

  /** With the text each is in; those of damaged texts are left out. */
  function readable(hits: readonly PassageHit[]): { readonly found: { hit: PassageHit; text: string }[]; readonly damaged: Sha256[] } {
    const damaged = new Set<Sha256>();
    const found = hits.flatMap(hit => {
      const text = damaged.has(hit.snapshotHash) ? null : textUnlessDamaged(hit.snapshotHash);
      if (text !== null) return [{ hit, text }];
      damaged.add(hit.snapshotHash);
      return [];
    });
    return { found, damaged: [...damaged] };
  }

  const unembedded = createUnembedded(db, vectors, textUnlessDamaged);

  return {
    searchPassages(query) {
      const { found, damaged } = readable(search.find({ ...query, meaning: query.meaning ?? null }).hits);
      return {
        passages: found.map(({ hit, text }) => ({
          source: hit.source,
          title: hit.title,
          snapshotHash: hit.snapshotHash,
          start: hit.start,
          end: hit.end,
          page: hit.page,
          text: text.slice(hit.start, hit.end),
          prefix: text.slice(Math.max(0, hit.start - contextChars), hit.start),
          suffix: text.slice(hit.end, hit.end + contextChars),
          score: hit.score,
        })),
        damaged,
      };
    },
    searchMaterial({ typed, limit, meaning }) {
      const { hits, byMeaning } = search.find({ sessionId: null, query: typed, limit, meaning });
      const { found, damaged } = readable(hits);
      const isMatch = wordMatcher(typed);
      return {
        found: found.map(({ hit, text }) => ({
          sessionId: hit.sessionId,
          source: hit.source,
          title: hit.title,
          snapshotHash: hit.snapshotHash,
          start: hit.start,
          end: hit.end,
          page: hit.page,
          snippet: matchSnippet(text.slice(hit.start, hit.end), typed, isMatch),
        })),
        damaged,
        byMeaning,
      };
    },
    unembedded,
    vectorHealth: model => ({ ...vectors.health(model), isLoaded: search.isLoaded(model) }),
    loadMeaning: model => ({ isLoaded: search.load(model) }),
    searchSessions({ withSnippets, ...page }) {
      const found = sessions.list(page);
      if (!withSnippets) return found;
      const ids = found.sessions.map(session => session.id);
      const texts = messages.textsOf(ids, page.search);
      const documents = sessions.foundDocuments(ids, page.search);
      const snippets = ids.flatMap(sessionId => {
        const said = matchSnippet(texts.get(sessionId) ?? '', page.search);
        const document = documents.get(sessionId);
        const snippet = said.marks.length === 0 && document !== undefined ? matchSnippet(document, page.search) : said;
        return snippet.text === '' ? [] : [{ sessionId, snippet }];
      });
      return { ...found, snippets };
    },
    searchJobs: request => jobs.page(request),
    searchMessages: query => messages.search(query),
    searchSynopses({ withSnippets, ...page }) {
      const found = library.list(page);
      if (!withSnippets) return found;
      const isMatch = wordMatcher(page.search);
      return {
        ...found,
        synopses: found.synopses.map(item => {
          const snippet = snippetOf(item.versionId, page.search, isMatch);
          return snippet === undefined ? item : { ...item, snippet };
        }),
      };
    },
    readSegments({ snapshotHash, from, limit }) {
      if (snapshots.get(snapshotHash) === null) return null;
      const { text, segments, pages } = read(snapshotHash);
      return {
        total: segments.length,
        pageCount: pages.length,
        segments: segments
          .slice(from, from + limit)
          .map((segment, at) => ({ ...segment, index: from + at, text: text.slice(segment.start, segment.end) })),
      };
    },
    readText({ snapshotHash, start, limit }) {
      if (snapshots.get(snapshotHash) === null) return null;
      const { text, segments } = read(snapshotHash);
      const from = wholeFrom(text, Math.min(start, text.length));
      const cut = wholeFrom(text, Math.min(from + limit, text.length));
      // One character of two halves is not parted for being all that is asked for.
      const end = cut > from ? cut : Math.min(from + 2, text.length);
      const at = firstEndingAfter(segments, from);
      return {
        text: text.slice(from, end),
        start: from,
        end,
        charCount: text.length,
        page: at === null ? null : (segments[at]?.page ?? null),
      };
    },
    locateSegment({ snapshotHash, offset }) {
      if (snapshots.get(snapshotHash) === null) return null;
      const index = firstEndingAfter(read(snapshotHash).segments, offset);
      return index === null ? null : { index };
    },
    checkSnapshot({ artifact, snapshotHash }) {
      const { text, language } = readSnapshot(files.path(artifact), snapshotHash);
      return { charCount: text.length, language };
    },
    preparePassages({ snapshotHash, from, limit }) {
      const all = chunksOf(snapshotHash);
      const { text } = read(snapshotHash);
      return {
        total: all.length,
        passages: all.slice(from, from + limit).map(passage => ({ ...passage, words: indexText(text.slice(passage.start, passage.end)) })),
      };
    },
    integrityCheck() {
      const rows = db
        .prepare<[], { found: string }>('SELECT integrity_check AS found FROM pragma_integrity_check()')
        .all()
        .map(row => row.found);
      return rows.length === 1 && rows[0] === 'ok' ? [] : rows;
    },
    moveLog,
    writeBackup: file => writeVerifiedBackup(db, file),
    describeBackups: ({ newestKnownSchema }) => describeBackups(folder.backups, files, newestKnownSchema),
    checkBackup: checkDatabaseFile,
    countRows: () => ({ schema: schemaVersion(db), rows: countRows(db) }),
  };
}

/** The offset, or one before it where it would part the two halves of a character. */
function wholeFrom(text: string, offset: number): number {
  const code = text.charCodeAt(offset);
  return code >= 0xdc00 && code <= 0xdfff && offset > 0 ? offset - 1 : offset;
}

/** Segments are in reading order and do not overlap, so half of them can be left out at each step. */
function firstEndingAfter(segments: readonly Segment[], offset: number): number | null {
  let low = 0;
  let high = segments.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((segments[middle]?.end ?? 0) > offset) high = middle;
    else low = middle + 1;
  }
  return low < segments.length ? low : null;
}
