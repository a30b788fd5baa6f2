import { createHash } from 'node:crypto';
import { sha256Hex } from '../../shared/domain/ids.ts';
import type { MessageView } from '../../shared/domain/session.ts';
import type { Segment, Snapshot } from '../../shared/domain/snapshot.ts';
import { isMaterial } from '../../shared/domain/is-material.ts';

const betweenMessages = '\n\n';

/**
 * The chat as a source: what the person told it, one segment a message. Questions are put to the assistant and are no
 * material; the program's own answers quote the other sources and are left out, so that nothing is cited twice over. Null
 * when nothing in it is material.
 */
export function chatSnapshot(messages: readonly MessageView[], title: string | null): Snapshot | null {
  const segments: Segment[] = [];
  let text = '';
  for (const message of messages) {
    if (message.role !== 'person') continue;
    const words = canonical(message.text);
    if (!isMaterial(words)) continue;
    if (text !== '') text += betweenMessages;
    segments.push({
      kind: 'message',
      start: text.length,
      end: text.length + words.length,
      level: null,
      page: null,
      messageId: message.id,
      speaker: null,
    });
    text += words;
  }
  if (segments.length === 0) return null;
  return {
    version: 1,
    hash: sha256Hex.parse(createHash('sha256').update(text, 'utf8').digest('hex')),
    text,
    segments,
    pages: [],
    title,
    language: null,
    warnings: [],
  };
}

/** As `snapshot` demands: NFC, `\n`, no other control characters, whole characters. */
function canonical(text: string): string {
  return text
    .toWellFormed()
    .normalize('NFC')
    .replace(/\r\n?/gu, '\n')
    .replace(/(?![\t\n])\p{Cc}/gu, '')
    .trim();
}
