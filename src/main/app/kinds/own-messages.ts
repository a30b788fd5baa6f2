import { section as sectionSchema, type Section } from '../../../shared/domain/synopsis.ts';
import type { SessionId } from '../../../shared/domain/ids.ts';
import type { Store } from '../../store/store.ts';
import { chatSnapshot } from '../chat-snapshot.ts';

/**
 * A section whose quotes of the chat name this chat's messages. A snapshot is stored under the hash of its text, and two chats
 * may hold the same: the stored one names the messages of the chat that was read first. Where the text is another by now, a
 * message that is not this chat's is not named.
 */
export function withOwnMessages(section: Section, store: Pick<Store, 'messages'>, session: SessionId): Section {
  const isOfChat = section.items.some(({ citations }) => citations.some(({ source }) => source.kind === 'chat'));
  if (!isOfChat) return section;
  const shown = store.messages.shown(session);
  const present = chatSnapshot(shown, null);
  const own = new Set(shown.map(({ id }) => id));
  return sectionSchema.parse({
    ...section,
    items: section.items.map(item => ({
      ...item,
      citations: item.citations.map(citation => {
        const { source, snapshotHash, start, messageId } = citation;
        if (source.kind !== 'chat' || start === null) return citation;
        if (present?.hash !== snapshotHash) return messageId === null || own.has(messageId) ? citation : { ...citation, messageId: null };
        const said = present.segments.find(segment => segment.start <= start && start < segment.end);
        return { ...citation, messageId: said?.messageId ?? null };
      }),
    })),
  });
}
