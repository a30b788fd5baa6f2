import { z } from 'zod';
import { documentId, epochMs, jobId, messageId, sessionId } from './ids.ts';
import { citation } from './synopsis.ts';

/** Characters of one message; longer text is offered as a document. */
export const messageCharLimit = 100_000;

export const messageRoles = ['person', 'assistant'] as const;
export const messageStates = ['pending', 'streaming', 'completed', 'failed', 'stopped'] as const;

/**
 * Why an answer is what it is, for what the program itself says in a message: the window words it in the person's
 * language. `text` then holds only what comes from the material.
 */
export const messageNotes = [
  'no_model',
  'no_model_no_documents',
  'no_model_nothing_found',
  'documents_not_ready',
  'synopsis_started',
  'synopsis_ready',
] as const;

export const messageView = z.strictObject({
  id: messageId,
  sessionId,
  role: z.enum(messageRoles),
  state: z.enum(messageStates),
  /** Markdown for the assistant, plain text for the person. */
  text: z.string(),
  note: z.enum(messageNotes).nullable(),
  /** Passages the answer quotes, in the order of their markers `[1]`, `[2]` in the text. */
  citations: z.array(citation),
  /** Documents attached to this message. */
  documentIds: z.array(documentId),
  /** The job that writes the answer, or the job the note speaks of. */
  jobId: jobId.nullable(),
  /** Why it failed, as an error code. */
  error: z.string().max(64).nullable(),
  createdAtMs: epochMs,
});
export type MessageView = z.output<typeof messageView>;

export const sessionView = z.strictObject({
  id: sessionId,
  /** Null until the person names it or the first message does. */
  title: z.string().max(200).nullable(),
  isDemo: z.boolean(),
  createdAtMs: epochMs,
  updatedAtMs: epochMs,
  runningJobs: z.int().nonnegative(),
  waitingJobs: z.int().nonnegative(),
  unread: z.boolean(),
  /** Nothing was ever said in it or added to it, and nobody named it; absent for all others. Lists leave such chats out. */
  isEmpty: z.literal(true).optional(),
});
export type SessionView = z.output<typeof sessionView>;
