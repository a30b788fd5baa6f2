import { randomUUID } from 'node:crypto';
import type { Client } from '../../../src/shared/contract/client.ts';
import { uploadChunkBytes } from '../../../src/shared/contract/documents.ts';
import type { SessionId } from '../../../src/shared/domain/ids.ts';
import type { DetailLevel, SynopsisVersion } from '../../../src/shared/domain/synopsis.ts';
import { value } from '../../support/program/running-program.ts';

/** A new chat, the file sent in pieces, «Конспект», and the finished version, as the window does it. */
export async function makeSynopsisOf(
  client: Client,
  file: { readonly name: string; readonly bytes: Uint8Array },
  detail: DetailLevel,
): Promise<{ readonly sessionId: SessionId; readonly version: SynopsisVersion }> {
  const { id: sessionId } = value(await client.call('sessions.create', { requestKey: randomUUID(), title: file.name }));
  const { uploadId } = value(await client.call('uploads.begin', { name: file.name, byteCount: file.bytes.byteLength }));
  for (let offset = 0; offset < file.bytes.byteLength; offset += uploadChunkBytes) {
    value(await client.call('uploads.append', { uploadId, offset, bytes: file.bytes.slice(offset, offset + uploadChunkBytes) }));
  }
  const ended = Promise.withResolvers<void>();
  const stopListening = client.onEvent('synopses.changed', changed => {
    if (changed.sessionId === sessionId && changed.state !== 'making') ended.resolve();
  });
  value(await client.call('documents.add', { sessionId, requestKey: randomUUID(), from: { kind: 'upload', uploadId } }));
  value(await client.call('synopses.request', { sessionId, requestKey: randomUUID(), detail }));
  await ended.promise;
  stopListening();
  const { version } = value(await client.call('synopses.open', { sessionId }));
  if (version?.state !== 'ready') throw new Error(`The synopsis of "${file.name}" ended as ${version?.state ?? 'nothing'}.`);
  return { sessionId, version };
}
