import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openJobDatabase } from '../../../test/support/job-database.ts';
import { tempFolder } from '../../../test/support/temp-folder.ts';
import type { Database } from './connection.ts';
import { planOnce } from './prepare-once.ts';

let db: Database;
let folder: ReturnType<typeof tempFolder>;
beforeEach(() => {
  folder = tempFolder();
  db = openJobDatabase(join(folder.path, 'a.db'));
});
afterEach(() => {
  db.close();
  folder.remove();
});

test.each([
  ['SELECT 1 WHERE a = @a AND b >= ? AND c IS @c', 'SELECT 1 WHERE a = +@a AND b >= +? AND c IS +@c'],
  ['SELECT 1 WHERE (a, b) > (@a, @b)', 'SELECT 1 WHERE (a, b) > (+@a, +@b)'],
  ['SELECT 1 WHERE a = (SELECT b FROM t WHERE c = ?)', 'SELECT 1 WHERE a = (SELECT b FROM t WHERE c = +?)'],
  ['SELECT a FROM t LIMIT @limit OFFSET ?', 'SELECT a FROM t LIMIT @limit + 0 OFFSET ?'],
  ['INSERT INTO t VALUES (@a, ?)', 'INSERT INTO t VALUES (@a, ?)'],
  ["SELECT 1 WHERE a = 'x' AND this IS NULL LIMIT 1", "SELECT 1 WHERE a = 'x' AND this IS NULL LIMIT 1"],
])('%s', (sql, planned) => {
  expect(planOnce(sql)).toBe(planned);
});

test('statements of a connection are planned once and find what they found', () => {
  const statement = db.prepare<[string, number], { a: string }>(
    'SELECT value AS a FROM json_each(\'["x","y","y"]\') WHERE value = ? LIMIT ?',
  );
  expect(statement.source).toContain('value = +? LIMIT ? + 0');
  expect(statement.all('y', 1)).toEqual([{ a: 'y' }]);
  expect(statement.all('y', 5)).toHaveLength(2);
  expect(statement.all('z', 5)).toEqual([]);
});

test('numbers, texts and nothing keep their type behind the plus', () => {
  expect(
    db
      .prepare<unknown[], object>(
        'SELECT typeof(a) AS a, typeof(b) AS b, typeof(c) AS c FROM (SELECT ? AS a, ? AS b, ? AS c) WHERE a = ? AND c IS ?',
      )
      .get('1', 1n, null, '1', null),
  ).toEqual({ a: 'text', b: 'integer', c: 'null' });
  // Text is compared with text: '01' is no 1.
  expect(db.prepare("SELECT 1 AS found WHERE '01' = ?").get('1')).toBeUndefined();
});
