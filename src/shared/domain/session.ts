import { z } from 'zod';
import { documentId, epochMs, jobId, messageId, sessionId } from './ids.ts';
import { modelId } from './model-id.ts';
import { providerName } from './provider.ts';
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
  /** Work has gone to the background: `jobId` is its job and `text` its title. */
  'background_started',
  /** What work in the background has come to: `text` is its result; failed and stopped work has that state. */
  'background_ready',
] as const;

/** Answers to one question, or questions in one place, that are kept beside each other. */
export const branchLimit = 50;

/** A source that an agent proposes; the person adds it to the chat. */
export const proposedSource = z.strictObject({ url: z.string().max(4_096), title: z.string().max(500), why: z.string().max(2_000) });
export type ProposedSource = z.output<typeof proposedSource>;

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
  /**
   * Where there is more than one answer to the same question, or question in the same place: all of them, oldest first,
   * and the place of this one among them, from 0. Absent where it is alone.
   */
  branch: z
    .strictObject({
      index: z.int().nonnegative(),
      count: z.int().min(2).max(branchLimit),
      ids: z.array(messageId).min(2).max(branchLimit),
    })
    .optional(),
  /** The model that writes it, and whose; absent where none does. */
  model: z.strictObject({ provider: providerName, modelId }).optional(),
  /** Sources that the agent proposes; absent where there are none. */
  sources: z.array(proposedSource).max(50).optional(),
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
  /** The person keeps it at the head of the list; absent for all others. */
  isPinned: z.literal(true).optional(),
});
export type SessionView = z.output<typeof sessionView>;
