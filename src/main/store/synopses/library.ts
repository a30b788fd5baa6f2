import type { SynopsisId } from '../../../shared/domain/ids.ts';
import { synopsisId } from '../../../shared/domain/ids.ts';
import type { LibraryFilter, LibraryItem, TagCount } from '../../../shared/domain/library.ts';
import { libraryItem, tagsPerSynopsis } from '../../../shared/domain/library.ts';
import { foldText } from '../../../shared/domain/words.ts';
import type { Database } from '../connection.ts';
import { inWriteTransaction } from '../connection.ts';
import type { PageRequest } from '../page-cursor.ts';
import { cutPage, decodeTimeCursor, encodeTimeCursor } from '../page-cursor.ts';
import { matchQuery } from '../search-words.ts';

export type LibraryPageRequest = PageRequest & { readonly search: string } & Partial<LibraryFilter>;

/** The newest finished version of every synopsis, in the chats that are there. */
export interface Library {
  /** Newest first. `search` looks into titles, items and notes. */
  list(page: LibraryPageRequest): { readonly synopses: LibraryItem[]; readonly next: string | null };
  /** By name. */
  tags(): TagCount[];
  tagsOf(id: SynopsisId): string[];
  /** These and no others; a name that is there in another spelling keeps that. Null when there is no such synopsis. */
  setTags(id: SynopsisId, names: readonly string[]): string[] | null;
  /** On every synopsis that has it; with a name that is there the two become one. False when there is no such tag. */
  renameTag(from: string, to: string): boolean;
  /** From every synopsis. False when there is no such tag. */
  removeTag(name: string): boolean;
}

interface ItemRow extends Omit<LibraryItem, 'synopsisId' | 'sessionId' | 'versionId' | 'language' | 'template' | 'isStale' | 'tags'> {
  readonly synopsisId: string;
  readonly sessionId: string;
  readonly versionId: string;
  readonly language: string;
  readonly template: string;
  readonly isStale: number;
}

const columns = `
  SELECT s.id AS synopsisId, s.session_id AS sessionId, v.id AS versionId, v.title, v.language, v.template, s.ready_at_ms AS finishedAtMs,
    synopsis_coverage.used_count AS sourceCount, json_array_length(v.issues) AS issueCount, s.is_stale AS isStale
  FROM synopsis AS s
    CROSS JOIN synopsis_version AS v ON v.id = s.ready_version_id
    JOIN synopsis_coverage ON synopsis_coverage.version_id = v.id
    JOIN session ON session.id = s.session_id
  WHERE s.ready_at_ms IS NOT NULL AND (s.ready_at_ms, s.id) < (@atMs, @id) AND session.removed_at_ms IS NULL`;

/** Written out only where it narrows down, so that a page without filters reads no more than its rows. */
const conditions = {
  search: 'AND s.n IN (SELECT rowid FROM synopsis_fts WHERE synopsis_fts MATCH @query)',
  template: 'AND v.template = @template',
  language: 'AND v.language = @language',
  withIssues: "AND v.issues <> '[]'",
  isStale: 'AND s.is_stale = 1',
  tag: 'AND s.id IN (SELECT synopsis_id FROM synopsis_tag WHERE tag_id = (SELECT id FROM tag WHERE folded = @tag))',
} as const;
type Condition = keyof typeof conditions;

function listSql(wanted: readonly Condition[]): string {
  return [columns, ...wanted.map(name => conditions[name]), 'ORDER BY s.ready_at_ms DESC, s.id DESC LIMIT @take'].join('\n');
}

export const libraryStatements = {
  list: listSql([]),
  stale: listSql(['isStale']),
  tags: `SELECT tag.name, count(session.id) AS count FROM tag
    LEFT JOIN synopsis_tag ON synopsis_tag.tag_id = tag.id
    LEFT JOIN synopsis ON synopsis.id = synopsis_tag.synopsis_id
    LEFT JOIN session ON session.id = synopsis.session_id AND session.removed_at_ms IS NULL
    GROUP BY tag.id ORDER BY tag.folded`,
} as const;

const newestPlace = { atMs: Number.MAX_SAFE_INTEGER, id: '~' } as const;

interface ListParameters {
  readonly atMs: number;
  readonly id: string;
  readonly take: number;
  readonly query?: string;
  readonly template?: string;
  readonly language?: string;
  readonly tag?: string;
}

export function createLibrary(db: Database): Library {
  /** Prepared when its mixture of filters is first asked for; there are 64. */
  const lists = new Map<string, ReturnType<typeof prepareList>>();
  function prepareList(sql: string) {
    return db.prepare<[ListParameters], ItemRow>(sql);
  }
  function listOf(wanted: readonly Condition[]): ReturnType<typeof prepareList> {
    const key = wanted.join(' ');
    const known = lists.get(key) ?? prepareList(listSql(wanted));
    lists.set(key, known);
    return known;
  }

  const tags = db.prepare<[], TagCount>(libraryStatements.tags);
  const tagsOf = db.prepare<[string], { name: string }>(
    'SELECT tag.name FROM synopsis_tag JOIN tag ON tag.id = synopsis_tag.tag_id WHERE synopsis_tag.synopsis_id = ? ORDER BY tag.folded',
  );
  const isThere = db.prepare<[string], { found: number }>('SELECT 1 AS found FROM synopsis WHERE id = ?');
  const tagNamed = db.prepare<[string], { id: number }>('SELECT id FROM tag WHERE folded = ?');
  const insertTag = db.prepare<[string, string]>('INSERT INTO tag (name, folded) VALUES (?, ?) ON CONFLICT (folded) DO NOTHING');
  const untag = db.prepare<[string]>('DELETE FROM synopsis_tag WHERE synopsis_id = ?');
  const putTag = db.prepare<[string, string]>(
    'INSERT OR IGNORE INTO synopsis_tag (synopsis_id, tag_id) SELECT ?, id FROM tag WHERE folded = ?',
  );
  const dropUnused = db.prepare('DELETE FROM tag WHERE NOT EXISTS (SELECT 1 FROM synopsis_tag WHERE tag_id = tag.id)');
  const rename = db.prepare<[string, string, number]>('UPDATE tag SET name = ?, folded = ? WHERE id = ?');
  const moveTo = db.prepare<[number, number]>('UPDATE OR IGNORE synopsis_tag SET tag_id = ? WHERE tag_id = ?');
  const dropTag = db.prepare<[number]>('DELETE FROM tag WHERE id = ?');

  const library: Library = {
    list({ before, limit, search: typed, template: ofTemplate, language: inLanguage, withIssues, isStale, tag }) {
      const query = matchQuery(typed);
      if (query === null && typed.trim() !== '') return { synopses: [], next: null };
      const narrowed: readonly (readonly [Condition, boolean])[] = [
        ['search', query !== null],
        ['template', ofTemplate != null],
        ['language', inLanguage != null],
        ['withIssues', withIssues === true],
        ['isStale', isStale === true],
        ['tag', tag != null],
      ];
      const found = listOf(narrowed.filter(([, isAsked]) => isAsked).map(([name]) => name)).all({
        ...(decodeTimeCursor(before) ?? newestPlace),
        take: limit + 1,
        ...(query === null ? {} : { query }),
        ...(ofTemplate == null ? {} : { template: ofTemplate }),
        ...(inLanguage == null ? {} : { language: inLanguage }),
        ...(tag == null ? {} : { tag: foldText(tag) }),
      });
      const page = cutPage(found, limit, row => encodeTimeCursor({ atMs: row.finishedAtMs, id: row.synopsisId }));
      return {
        synopses: page.rows.map(row =>
          libraryItem.parse({ ...row, isStale: row.isStale === 1, tags: library.tagsOf(synopsisId.parse(row.synopsisId)) }),
        ),
        next: page.next,
      };
    },
    tags: () => tags.all(),
    tagsOf: id => tagsOf.all(id).map(({ name }) => name),
    setTags: (id, names) =>
      inWriteTransaction(db, () => {
        if (isThere.get(id) === undefined) return null;
        untag.run(id);
        for (const name of names.slice(0, tagsPerSynopsis)) {
          insertTag.run(name, foldText(name));
          putTag.run(id, foldText(name));
        }
        dropUnused.run();
        return library.tagsOf(id);
      }),
    renameTag: (from, to) =>
      inWriteTransaction(db, () => {
        const tag = tagNamed.get(foldText(from));
        if (tag === undefined) return false;
        const other = tagNamed.get(foldText(to));
        if (other !== undefined && other.id !== tag.id) {
          moveTo.run(other.id, tag.id);
          dropTag.run(tag.id);
        }
        rename.run(to, foldText(to), other?.id ?? tag.id);
        return true;
      }),
    removeTag: name =>
      inWriteTransaction(db, () => {
        const tag = tagNamed.get(foldText(name));
        if (tag === undefined) return false;
        dropTag.run(tag.id);
        return true;
      }),
  };
  return library;
}
