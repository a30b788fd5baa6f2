import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { artifactStatements } from '../../../src/main/store/artifacts.ts';
import { noticeStatements } from '../../../src/main/store/notices.ts';
import { documentStatements } from '../../../src/main/store/documents.ts';
import { branchStatements } from '../../../src/main/store/message-branches.ts';
import { messageStatements } from '../../../src/main/store/messages.ts';
import { meaningStatements } from '../../../src/main/store/search/meaning-ranks.ts';
import { hitStatements } from '../../../src/main/store/search/passage-search.ts';
import { scopeStatements } from '../../../src/main/store/search/search-scope.ts';
import { unembeddedStatements } from '../../../src/main/store/search/unembedded.ts';
import { wordStatements } from '../../../src/main/store/search/word-ranks.ts';
import { sessionStatements } from '../../../src/main/store/sessions.ts';
import { synopsisStatements } from '../../../src/main/store/synopses.ts';
import { libraryStatements } from '../../../src/main/store/synopses/library.ts';
import { versionRowStatements } from '../../../src/main/store/synopses/version-rows.ts';
import { documentErrorCodes, documentStates } from '../../../src/shared/domain/document.ts';
import { documentFormats } from '../../../src/shared/domain/document-formats.ts';
import { languages } from '../../../src/shared/domain/language.ts';
import { messageNotes, messageRoles, messageStates } from '../../../src/shared/domain/session.ts';
import { detailLevels, sectionKinds, templates, versionStates } from '../../../src/shared/domain/synopsis.ts';
import { plainStore, testFolder } from './store-fixture.ts';
import type { PlainStore, TestFolder } from './store-fixture.ts';

let folder: TestFolder;
let plain: PlainStore;
beforeEach(() => {
  folder = testFolder();
  plain = plainStore(folder.root);
});
afterEach(() => {
  plain.close();
  folder.remove();
});

const schemaSql = (): string[] =>
  plain.db
    .prepare<[], string>("SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL AND name NOT LIKE '%\\_fts\\_%' ESCAPE '\\' ORDER BY name")
    .pluck()
    .all();

describe('the schema', () => {
  test('is the one that was released; a change is a new migration', () => {
    expect(schemaSql().map(sql => sql.replaceAll(/\s+/gu, ' '))).toMatchSnapshot();
  });

  test('every table is strict and every index into a table of rows is on a stable key', () => {
    const tables = plain.db
      .prepare<[], { name: string; strict: number }>(
        "SELECT name, strict FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite_%'",
      )
      .all();
    expect(tables.filter(table => table.strict === 0)).toEqual([]);
    for (const name of ['session', 'passage', 'message', 'synopsis']) {
      expect(
        plain.db.prepare<[string], string>("SELECT name FROM pragma_table_info(?) WHERE pk = 1 AND type = 'INTEGER'").pluck().get(name),
      ).toBe('n');
    }
  });

  const lists: readonly { readonly table: string; readonly column: string; readonly values: readonly string[] }[] = [
    { table: 'session', column: 'demo_language', values: languages },
    { table: 'document', column: 'format', values: documentFormats },
    { table: 'document', column: 'state', values: documentStates },
    { table: 'document', column: 'error_code', values: documentErrorCodes },
    { table: 'message', column: 'role', values: messageRoles },
    { table: 'message', column: 'state', values: messageStates },
    { table: 'message', column: 'note', values: messageNotes },
    { table: 'synopsis_version', column: 'state', values: versionStates },
    { table: 'synopsis_version', column: 'detail', values: detailLevels },
    { table: 'synopsis_version', column: 'template', values: templates },
    { table: 'synopsis_section', column: 'kind', values: sectionKinds },
  ];

  test.each(lists)('$table, $column: allows what the domain knows, no more and no less', ({ table, column, values }) => {
    const sql =
      plain.db.prepare<[string], string>("SELECT sql FROM sqlite_schema WHERE type = 'table' AND name = ?").pluck().get(table) ?? '';
    const list = new RegExp(`CHECK \\(${column} IN \\(([^)]*)\\)`, 'u').exec(sql)?.[1] ?? '';
    expect(new Set([...list.matchAll(/'([^']*)'/gu)].map(match => match[1]))).toEqual(new Set(values));
  });

  test('every foreign key is indexed on its child side, so a check never walks a table', () => {
    const keys = plain.db
      .prepare<[], { child: string; column: string }>(`
      SELECT m.name AS child, f."from" AS "column" FROM sqlite_schema AS m, pragma_foreign_key_list(m.name) AS f
      WHERE m.type = 'table' AND m.name NOT LIKE 'job%' AND m.name NOT IN ('approval', 'schedule')`)
      .all();
    expect(keys.length).toBeGreaterThan(8);
    const unindexed = keys.filter(
      ({ child, column }) =>
        !plain.db
          .prepare(`EXPLAIN QUERY PLAN SELECT 1 FROM ${child} WHERE ${column} = ?`)
          .all('x')
          .some(step => JSON.stringify(step).includes('SEARCH')),
    );
    expect(unindexed).toEqual([]);
  });
});

describe('query plans', () => {
  interface Step {
    readonly detail: string;
  }
  function plan(sql: string): string[] {
    const names = [...sql.matchAll(/@(\w+)/gu)].map(match => match[1] ?? '');
    const values: unknown[] =
      names.length > 0 ? [Object.fromEntries(names.map(name => [name, 1] as const))] : Array.from(sql.matchAll(/\?/gu), () => 1);
    return plain.db
      .prepare<unknown[], Step>(`EXPLAIN QUERY PLAN ${sql}`)
      .all(...values)
      .map(step => step.detail);
  }
  /** `SCAN` over an index in the order asked for is what a page of a list does; anything else that scans or sorts is a mistake. */
  const allowed =
    /^SCAN (s|session) USING (COVERING )?INDEX (session_recent|synopsis_ready|synopsis_stale)|^SCAN message USING INDEX message_under_way|^SCAN delivery USING (COVERING )?INDEX delivery_pending|^SCAN (passage|message|session)_fts VIRTUAL TABLE|^SCAN synopsis_fts VIRTUAL TABLE|^SCAN (source|above)$|^SCAN CONSTANT ROW/u;
  const bad = (steps: readonly string[]): string[] =>
    steps.filter(step => (step.startsWith('SCAN') && !allowed.test(step)) || step.startsWith('USE TEMP B-TREE FOR ORDER'));

  const hot: Readonly<Record<string, string>> = {
    'sessions.list': sessionStatements.list,
    'sessions.listBefore': sessionStatements.listBefore,
    'sessions.pinned': sessionStatements.pinned,
    'sessions.get': sessionStatements.get,
    'messages.page': messageStatements.page,
    'messages.ofJob': messageStatements.ofJob,
    'messages.answer': messageStatements.answer,
    'messages.underWay': messageStatements.underWay,
    'messages.noneStreaming': messageStatements.noneStreaming,
    'messages.branchEnd': branchStatements.end,
    'messages.above': branchStatements.above,
    'messages.byRequest': messageStatements.byRequest,
    'documents.list': documentStatements.list,
    'documents.byRequest': documentStatements.byRequest,
    'documents.ofJob': documentStatements.ofJob,
    'synopses.making': synopsisStatements.making,
    'synopses.current': synopsisStatements.current,
    'synopses.beforeCurrent': synopsisStatements.beforeCurrent,
    'synopses.proposals': synopsisStatements.proposals,
    'synopses.sections': versionRowStatements.sections,
    'library.list': libraryStatements.list,
    'library.stale': libraryStatements.stale,
    'search.first': scopeStatements.first,
    'search.last': scopeStatements.last,
    'search.hits': wordStatements.hits,
    'search.length': wordStatements.length,
    'search.hit': hitStatements.hit,
    'search.codes': meaningStatements.codes,
    'search.behind': meaningStatements.behind,
    'search.expected': meaningStatements.expected,
    'search.vector': meaningStatements.vector,
    'search.unembedded': unembeddedStatements.batch,
    'search.known': unembeddedStatements.known,
    'notices.list': noticeStatements.list,
    'notices.unread': noticeStatements.unread,
    'notices.untold': noticeStatements.untold,
    'notices.readOfJob': noticeStatements.readOfJob,
    'notices.readOfSession': noticeStatements.readOfSession,
    'notices.forgetBefore': noticeStatements.forgetBefore,
    'artifacts.unnamed': artifactStatements.unnamed,
  };
  test.each(Object.entries(hot))('%s searches by index and sorts nothing', (_, sql) => {
    expect(bad(plan(sql))).toEqual([]);
  });

  test("a session's badges are counted from the indexes of live jobs alone", () => {
    const steps = plan(sessionStatements.get).join('\n');
    expect(steps).toMatch(/job USING (COVERING )?INDEX job_running_of_session/u);
    expect(steps).toMatch(/job USING (COVERING )?INDEX job_waiting_of_session/u);
  });

  test('the rule itself catches a scan and a sort', () => {
    expect(bad(plan("SELECT * FROM message WHERE text = 'x'"))).not.toEqual([]);
    expect(bad(plan('SELECT * FROM document WHERE session_id = ? ORDER BY title'))).not.toEqual([]);
  });
});
