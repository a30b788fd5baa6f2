import { z } from 'zod';
import { documentId, type DocumentId, type MessageId, type Sha256 } from './ids.ts';
import { sectionKind, type CoverageSource, type Section, type SectionKind } from './synopsis.ts';

/** Why a section may no longer say what its sources say. `cited` counts the quotes of the section that this is about. */
export const staleReason = z.discriminatedUnion('code', [
  z.strictObject({ code: z.literal('source_added'), documentId, title: z.string() }),
  z.strictObject({ code: z.literal('source_changed'), documentId, title: z.string(), cited: z.int().nonnegative() }),
  z.strictObject({ code: z.literal('source_removed'), documentId, title: z.string(), cited: z.int().positive() }),
  z.strictObject({ code: z.literal('messages_added'), count: z.int().positive() }),
  z.strictObject({ code: z.literal('messages_gone'), cited: z.int().positive() }),
]);
export type StaleReason = z.output<typeof staleReason>;

export const staleSection = z.strictObject({ kind: sectionKind, reasons: z.array(staleReason).min(1) });
export type StaleSection = z.output<typeof staleSection>;

/** The material of a chat as it is now. */
export interface PresentMaterial {
  readonly documents: readonly {
    readonly id: DocumentId;
    readonly title: string;
    readonly snapshotHash: Sha256 | null;
    /** Read, and with something to cite. */
    readonly isReady: boolean;
  }[];
  /** What the person told the chat, in order; `snapshotHash` is that of it all, null when there is nothing. */
  readonly chat: { readonly snapshotHash: Sha256 | null; readonly messages: readonly MessageId[] };
}

export interface KnownMaterial {
  readonly section: Section;
  /** What was read for it. */
  readonly coverage: readonly CoverageSource[];
}

/**
 * The sections that do not know of all there is, with the reasons, from what was recorded when they were made: a source that was
 * not read for them, one whose text is another now, one or a message that they cite and that is gone.
 *
 * @param messagesOf the messages of a snapshot of the chat; null when it can no longer be read, and then nothing is said of it
 */
export function staleSections(
  known: readonly KnownMaterial[],
  present: PresentMaterial,
  messagesOf: (snapshot: Sha256) => ReadonlySet<MessageId> | null,
): StaleSection[] {
  const stale: StaleSection[] = [];
  for (const { section, coverage } of known) {
    // It holds nothing for want of a model, which no source changes.
    if (section.emptyReason === 'needs_model') continue;
    const reasons = [...ofDocuments(section, coverage, present), ...ofChat(section, coverage, present, messagesOf)];
    if (reasons.length > 0) stale.push({ kind: section.kind, reasons });
  }
  return stale;
}

function ofDocuments(section: Section, coverage: readonly CoverageSource[], present: PresentMaterial): StaleReason[] {
  const used = coverage.filter(line => line.state === 'used');
  const readHash = new Map(used.flatMap(line => (line.source.kind === 'document' ? [[line.source.documentId, line] as const] : [])));
  // The same text twice is read once, under the name of the first.
  const readTexts = new Set(used.map(line => line.snapshotHash));
  const citedOf = (id: DocumentId): number => citationsOf(section, ({ source }) => source.kind === 'document' && source.documentId === id);
  const there = new Map(present.documents.map(document => [document.id, document]));
  const reasons: StaleReason[] = [];
  for (const { id, title, snapshotHash, isReady } of present.documents) {
    if (!isReady || snapshotHash === null) continue;
    const read = readHash.get(id);
    if (read === undefined) {
      if (!readTexts.has(snapshotHash)) reasons.push({ code: 'source_added', documentId: id, title });
    } else if (read.snapshotHash !== snapshotHash) {
      reasons.push({ code: 'source_changed', documentId: id, title, cited: citedOf(id) });
    }
  }
  for (const [id, line] of readHash) {
    const cited = there.has(id) ? 0 : citedOf(id);
    const isThereAsAnother = present.documents.some(({ snapshotHash }) => snapshotHash !== null && snapshotHash === line.snapshotHash);
    if (cited > 0 && !isThereAsAnother) reasons.push({ code: 'source_removed', documentId: id, title: line.title, cited });
  }
  return reasons;
}

function ofChat(
  section: Section,
  coverage: readonly CoverageSource[],
  { chat }: PresentMaterial,
  messagesOf: (snapshot: Sha256) => ReadonlySet<MessageId> | null,
): StaleReason[] {
  const read = coverage.find(line => line.source.kind === 'chat' && line.state === 'used')?.snapshotHash ?? null;
  if (read === chat.snapshotHash) return [];
  const known = read === null ? new Set<MessageId>() : messagesOf(read);
  if (known === null) return [];
  const reasons: StaleReason[] = [];
  const added = chat.messages.filter(id => !known.has(id)).length;
  if (added > 0) reasons.push({ code: 'messages_added', count: added });
  const there = new Set(chat.messages);
  const cited = citationsOf(section, ({ messageId }) => messageId !== null && !there.has(messageId));
  if (cited > 0) reasons.push({ code: 'messages_gone', cited });
  return reasons;
}

function citationsOf(section: Section, isMeant: (citation: Section['items'][number]['citations'][number]) => boolean): number {
  return section.items.reduce((sum, { citations }) => sum + citations.filter(isMeant).length, 0);
}

export function staleKinds(stale: readonly StaleSection[]): SectionKind[] {
  return stale.map(({ kind }) => kind);
}
