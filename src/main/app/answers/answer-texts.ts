import type { MessageId, SessionId } from '../../../shared/domain/ids.ts';
import type { MessageView } from '../../../shared/domain/session.ts';
import type { EventHub } from '../../ipc/event-hub.ts';
import type { Store } from '../../store/store.ts';
import type { ChangeFeed } from '../change-feed.ts';

/**
 * How long a piece of an answer is in memory alone: what a kill may take from a text that somebody reads while it is written.
 * Eight answers at once then cost two commits a second, which wait for no disk.
 */
export const keptEveryMs = 500;

/** The message of an answer. */
export interface AnswerOf {
  readonly sessionId: SessionId;
  readonly messageId: MessageId;
}

/**
 * Texts of answers that are being written: in memory at once, in the windows at once, in the database soon. What a row says
 * of such a message is behind, so whoever shows one asks `asShown` first.
 */
export interface AnswerTexts {
  /** The text up to `at` stays and `text` follows it. Throws where there are fewer characters than `at`. */
  write(of: AnswerOf, at: number, text: string): void;
  /** The text as far as it has come; null when nothing was written since the program or the attempt began. */
  textOf(id: MessageId): string | null;
  asShown(message: MessageView): MessageView;
  /** Stores it now, in the transaction at hand where there is one: a recorded step has its text on the disk. */
  keep(id: MessageId): void;
  /** Nothing is written any more, for now: the message is on its way again, with the text it has. */
  pause(of: AnswerOf): void;
  /** The message has its final text; after the commit. */
  forget(id: MessageId): void;
  /** Stores what is not stored yet, and writes nothing afterwards. */
  close(): void;
}

export interface AnswerTextsParams {
  readonly store: Pick<Store, 'messages'>;
  readonly events: Pick<EventHub, 'publish'>;
  readonly changes: () => Pick<ChangeFeed, 'messages'>;
  readonly now: () => number;
  /** Runs `work` after `keptEveryMs`, with whatever has come until then. */
  readonly later: (work: () => void) => void;
  /** It could not be stored and is tried again. */
  readonly report: (error: unknown) => void;
}

interface Writing {
  text: string;
  isStored: boolean;
  /** False while its job waits. */
  isStreaming: boolean;
}

export function createAnswerTexts({ store, events, changes, now, later, report }: AnswerTextsParams): AnswerTexts {
  const writings = new Map<MessageId, Writing>();
  let isPlanned = false;
  let isClosed = false;

  function storeAll(): void {
    const open = [...writings].filter(([, writing]) => !writing.isStored);
    if (open.length === 0) return;
    store.messages.keep(
      open.map(([id, { text, isStreaming }]) => ({ id, text, state: isStreaming ? 'streaming' : 'pending' })),
      now(),
    );
    for (const [, writing] of open) writing.isStored = true;
  }

  function plan(): void {
    if (isPlanned || isClosed) return;
    isPlanned = true;
    later(() => {
      isPlanned = false;
      if (isClosed) return;
      try {
        storeAll();
      } catch (error) {
        // The disk may be full. It is in memory still, and goes with the next piece or the end.
        report(error);
      }
    });
  }

  return {
    write({ sessionId, messageId }, at, text) {
      const writing = writings.get(messageId) ?? { text: store.messages.get(messageId)?.text ?? '', isStored: true, isStreaming: false };
      const { length } = writing.text;
      if (at > length) throw new Error(`The answer has ${length} characters, and a piece of it was to follow after ${at}.`);
      const begins = !writing.isStreaming;
      writing.text = (at === length ? writing.text : writing.text.slice(0, at)) + text;
      writing.isStored = false;
      writing.isStreaming = true;
      writings.set(messageId, writing);
      events.publish('messages.delta', { sessionId, messageId, at, text });
      if (begins) changes().messages(sessionId, [messageId]);
      plan();
    },
    textOf: id => writings.get(id)?.text ?? null,
    asShown(message) {
      const writing = writings.get(message.id);
      if (writing === undefined || (message.state !== 'pending' && message.state !== 'streaming')) return message;
      return { ...message, text: writing.text, state: writing.isStreaming ? 'streaming' : 'pending' };
    },
    keep(id) {
      const writing = writings.get(id);
      // Not taken for stored: the transaction may be undone.
      if (writing !== undefined) store.messages.keep([{ id, text: writing.text, state: 'streaming' }], now());
    },
    pause({ sessionId, messageId }) {
      const writing = writings.get(messageId);
      if (writing === undefined) return;
      writing.isStreaming = false;
      writing.isStored = false;
      changes().messages(sessionId, [messageId]);
      try {
        storeAll();
      } catch (error) {
        report(error);
      }
    },
    forget: id => {
      writings.delete(id);
    },
    close() {
      isClosed = true;
      try {
        storeAll();
      } catch (error) {
        report(error);
      }
    },
  };
}
