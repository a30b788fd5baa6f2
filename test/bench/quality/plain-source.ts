import { createHash } from 'node:crypto';
import { documentId, sha256Hex } from '../../../src/shared/domain/ids.ts';
import type { Segment } from '../../../src/shared/domain/snapshot.ts';
import { detectLanguage } from '../../../src/workers/extractive/detect-language.ts';
import type { SourceToPrepare } from '../../../src/workers/extractive/prepare-sources.ts';

const SOME_DOCUMENT = documentId.parse('01890a5d-ac96-774b-bcce-b302099a8057');

/** A source of plain text as an importer reads it: a segment per paragraph, `#` lines as headings. */
export function plainSource(title: string, raw: string): SourceToPrepare {
  const text = raw.normalize('NFC').replaceAll('\r\n', '\n').trim();
  const segments: Segment[] = [];
  for (const match of text.matchAll(/[^\n](?:[^\n]|\n(?!\s*\n))*/gu)) {
    const hashes = /^#{1,6}(?=\s)/u.exec(match[0])?.[0].length ?? 0;
    const lead = hashes === 0 ? 0 : hashes + 1;
    segments.push({
      kind: hashes === 0 ? 'paragraph' : 'heading',
      level: hashes === 0 ? null : hashes,
      page: null,
      messageId: null,
      speaker: null,
      start: match.index + lead,
      end: match.index + match[0].length,
    });
  }
  const hash = sha256Hex.parse(createHash('sha256').update(text, 'utf8').digest('hex'));
  return {
    input: { source: { kind: 'document', documentId: SOME_DOCUMENT }, title, snapshotHash: hash, path: title },
    snapshot: { version: 1, hash, text, segments, pages: [], title, language: detectLanguage(text), warnings: [] },
  };
}
