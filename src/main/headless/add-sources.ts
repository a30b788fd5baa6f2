import { v5 as uuidOf } from 'uuid';
import type { Client } from '../../shared/contract/client.ts';
import type { DocumentView } from '../../shared/domain/document.ts';
import type { SessionId } from '../../shared/domain/ids.ts';
import { uploadFile, type GivenSource } from './given-source.ts';
import { printable } from './printable.ts';
import { unwrap } from './unwrap.ts';
import type { CommandContext } from './command-context.ts';

/** Namespace of the request keys made here (RFC 9562 version 5), so that the same command names the same chat. */
const keyNamespace = '5f0a1d3e-93d1-4c39-8f0e-6f1f0f7f5c11';

export function requestKeyOf(name: string): string {
  return uuidOf(name, keyNamespace);
}

/**
 * Hands over what the chat does not have yet and has what could not be read read again. Safe to be done twice: each
 * source is added under a key of its own.
 */
export async function addSources(
  client: Client,
  sessionId: SessionId,
  sources: readonly GivenSource[],
  { words, err }: CommandContext,
  signal: AbortSignal,
): Promise<void> {
  const known = unwrap(await client.call('documents.list', { sessionId }), words).documents;
  // Two files may share a name and a size, so each row stands for one of them.
  const unmatched = [...known];
  const missing = sources.filter(source => {
    const at = unmatched.findIndex(document => isOf(document, source));
    if (at !== -1) unmatched.splice(at, 1);
    return at === -1;
  });
  // Which of such twins is there cannot be seen, so all of them are sent; the keys keep them from being added twice.
  for (const source of sources.filter(each => missing.some(other => other === each || areTwins(other, each)))) {
    if (signal.aborted) return;
    if (err.isTTY) err.write(`${words.reading(printable(source.name))}\n`);
    const requestKey = requestKeyOf(`${sessionId} ${source.fingerprint}`);
    if (source.kind === 'url') {
      unwrap(await client.call('documents.add', { sessionId, requestKey, from: { kind: 'url', url: source.url } }), words);
      continue;
    }
    const uploadId = await uploadFile(client, source, words);
    const added = await client.call('documents.add', { sessionId, requestKey, from: { kind: 'upload', uploadId } });
    // The same bytes under another name.
    if (!added.ok && added.error.code === 'already_here') err.write(`${words.alreadyHere(printable(source.name))}\n`);
    else unwrap(added, words);
    // Left over where the document was there already.
    unwrap(await client.call('uploads.abort', { uploadId }), words);
  }
  for (const document of known) {
    if (signal.aborted) return;
    if (document.state !== 'failed') continue;
    const retried = await client.call('documents.retry', { documentId: document.id });
    // The same command elsewhere was quicker.
    if (!retried.ok && retried.error.code !== 'not_retryable') unwrap(retried, words);
  }
}

function isOf(document: DocumentView, source: GivenSource): boolean {
  if (source.kind === 'url') return document.origin.kind === 'url' && document.origin.url === source.url;
  return document.origin.kind === 'file' && document.origin.name === source.name && document.byteCount === source.byteCount;
}

function areTwins(one: GivenSource, other: GivenSource): boolean {
  return one.kind === 'file' && other.kind === 'file' && one.name === other.name && one.byteCount === other.byteCount;
}
