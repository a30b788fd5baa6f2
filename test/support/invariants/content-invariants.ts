import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Invariant } from './invariant.ts';
import { refutedBy, rowsOf } from './invariant.ts';

/** A hook that threw leaves its job ended without it, and says so in the trail. */
const withoutItsHook = "EXISTS (SELECT 1 FROM job_event WHERE job_event.job_id = job.id AND type = 'end_hook_failed')";

/** What belongs to a job is under way as long as the job is, and no longer. */
function endsWithItsJob(table: string, underWay: string, holds: string): Invariant {
  return refutedBy(
    `${table}-ends-with-job`,
    holds,
    [table, 'job', 'job_event'],
    `SELECT ${table}.id, ${table}.state, job.state AS job FROM ${table} JOIN job ON job.id = ${table}.job_id
     WHERE ${table}.state IN (${underWay}) AND job.finished_at_ms IS NOT NULL AND NOT ${withoutItsHook}`,
  );
}

/** The full-text index has no row that its table has not; `whole` where each row of the table must also be in the index. */
function indexOf(table: string, whole: boolean): Invariant {
  return refutedBy(
    `${table}-index`,
    whole ? `Every ${table} is in the full-text index, and nothing else is.` : `The full-text index finds no ${table} that is not there.`,
    [table, `${table}_fts`],
    `SELECT 'not there' AS why, id AS n FROM ${table}_fts_docsize WHERE id NOT IN (SELECT n FROM ${table})
     ${whole ? `UNION ALL SELECT 'not indexed', n FROM ${table} WHERE n NOT IN (SELECT id FROM ${table}_fts_docsize)` : ''}`,
  );
}

/** What holds of chats, documents, snapshots, synopses and stored files. */
export const contentInvariants: readonly Invariant[] = [
  {
    name: 'artifact-files',
    holds: 'Every artifact has its file, of the length its row says.',
    tables: ['artifact'],
    broken(db, { artifacts }) {
      if (artifacts === undefined) return [];
      return rowsOf(db, 'SELECT sha256, byte_count FROM artifact').flatMap(row => {
        const sha256 = String(row['sha256']);
        const found = statSync(join(artifacts, sha256.slice(0, 2), sha256), { throwIfNoEntry: false });
        return found?.size === row['byte_count']
          ? []
          : [`${sha256}: ${found?.size ?? 'no file'} and not ${String(row['byte_count'])} bytes`];
      });
    },
  },
  {
    name: 'artifact-named',
    holds: 'Everything in the folder of artifacts bears the hash of an artifact for its name.',
    tables: ['artifact'],
    broken: (_db, { artifacts }) =>
      artifacts === undefined
        ? []
        : readdirSync(artifacts, { withFileTypes: true, recursive: true })
            .filter(entry => entry.isFile() && !/^[0-9a-f]{64}$/u.test(entry.name))
            .map(entry => entry.name),
  },
  refutedBy(
    'artifact-used',
    'Every artifact is named by a document or a snapshot.',
    ['artifact', 'snapshot', 'document'],
    `SELECT sha256 FROM artifact WHERE sha256 NOT IN (SELECT artifact FROM snapshot)
       AND sha256 NOT IN (SELECT original FROM document WHERE original IS NOT NULL)`,
  ),
  endsWithItsJob('document', "'importing'", 'A document is being read only while its job is not over.'),
  endsWithItsJob('message', "'pending', 'streaming'", 'An answer is under way only while its job is not over.'),
  endsWithItsJob('synopsis_version', "'making'", 'A version is being made only while its job is not over.'),
  refutedBy(
    'ready-version',
    'A synopsis points at its newest finished version, or at none when it has none.',
    ['synopsis', 'synopsis_version'],
    `SELECT synopsis.id, ready_version_id FROM synopsis WHERE ready_version_id IS NOT (
       SELECT id FROM synopsis_version WHERE synopsis_id = synopsis.id AND state = 'ready' AND is_proposal = 0 ORDER BY number DESC LIMIT 1)`,
  ),
  refutedBy(
    'passages-counted',
    'A snapshot that counts its passages has them all.',
    ['snapshot', 'passage'],
    `SELECT hash, passage_count FROM snapshot WHERE passage_count IS NOT NULL
       AND passage_count <> (SELECT count(*) FROM passage WHERE snapshot_hash = hash)`,
  ),
  indexOf('passage', true),
  indexOf('message', false),
  indexOf('session', false),
  indexOf('synopsis', false),
  refutedBy('announced-once', 'A happening is announced once.', ['notice'], 'SELECT unique_key FROM notice GROUP BY 1 HAVING count(*) > 1'),
];
