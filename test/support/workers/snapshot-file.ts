import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { SnapshotInput } from '../../../src/shared/contract/worker/task-values.ts';
import { documentId, sha256Hex, type Sha256 } from '../../../src/shared/domain/ids.ts';
import type { Snapshot } from '../../../src/shared/domain/snapshot.ts';

export function hashOf(text: string): Sha256 {
  return sha256Hex.parse(createHash('sha256').update(text, 'utf8').digest('hex'));
}

/** A snapshot of plain text, one paragraph a line. */
export function snapshotOf(text: string, over: Partial<Snapshot> = {}): Snapshot {
  const segments: Snapshot['segments'] = [];
  for (const match of text.matchAll(/[^\n]+/gu)) {
    segments.push({
      kind: 'paragraph',
      start: match.index,
      end: match.index + match[0].length,
      level: null,
      page: null,
      messageId: null,
      speaker: null,
    });
  }
  return { version: 1, hash: hashOf(text), text, segments, pages: [], title: null, language: null, warnings: [], ...over };
}

/** A folder that is gone after the test. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'konspekt-test-'));
  onTestFinished(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  return folder;
}

let files = 0;

/** Writes a snapshot as main stores it; `content` is for files that are not what they say. */
export function storeSnapshot(folder: string, snapshot: Snapshot, content = JSON.stringify(snapshot)): SnapshotInput {
  files += 1;
  const path = join(folder, `${files}.json`);
  writeFileSync(path, content);
  const id = documentId.parse(`01920000-0000-7000-8000-${String(files).padStart(12, '0')}`);
  return { source: { kind: 'document', documentId: id }, title: `Документ ${files}`, snapshotHash: snapshot.hash, path };
}
