import { z } from 'zod';
import { documentId, requestKey, sessionId, messageId } from '../domain/ids.ts';
import { jobView } from '../domain/job.ts';
import { language } from '../domain/language.ts';
import { messageCharLimit, messageView, sessionView } from '../domain/session.ts';
import { snippet } from '../domain/snippet.ts';
import { call, event } from './define.ts';
import { enqueueErrors } from './enqueue.ts';
import { nextPage, pageErrors, pageRequest, revision } from './pagination.ts';

export const sessionRoutes = {
  'sessions.list': call({
    input: z.strictObject({ ...pageRequest, search: z.string().max(200).default(''), withSnippets: z.boolean().default(false) }),
    output: z.strictObject({
      sessions: z.array(sessionView),
      /** With a search and when asked for: where its words are in each chat, or what it speaks of when they are in its title alone. */
      snippets: z.array(z.strictObject({ sessionId, snippet })).optional(),
      next: nextPage,
      revision,
    }),
    errors: pageErrors,
  }),
  'sessions.create': call({
    input: z.strictObject({ requestKey, title: z.string().min(1).max(200).nullable().default(null) }),
    output: sessionView,
    errors: ['storage_full'],
  }),
  /** The bundled sample chat with its documents; made once, found again afterwards. */
  'sessions.openDemo': call({ input: z.strictObject({ language }), output: sessionView, errors: ['storage_full'] }),
  'sessions.rename': call({
    input: z.strictObject({ sessionId, title: z.string().min(1).max(200) }),
    output: sessionView,
    errors: ['not_found', 'storage_full'],
  }),
  /** Keeps it at the head of the list, or puts it back among the others. */
  'sessions.pin': call({
    input: z.strictObject({ sessionId, pinned: z.boolean() }),
    output: sessionView,
    errors: ['not_found', 'storage_full'],
  }),
  /** Cancels its jobs and hides it; `sessions.restore` undoes it. */
  'sessions.remove': call({
    input: z.strictObject({ sessionId }),
    /** Its unfinished jobs, which were cancelled with it. */
    output: z.strictObject({ cancelledJobs: z.int().nonnegative() }),
    errors: ['not_found', 'storage_full'],
  }),
  'sessions.restore': call({ input: z.strictObject({ sessionId }), output: sessionView, errors: ['not_found', 'storage_full'] }),
  'sessions.markRead': call({ input: z.strictObject({ sessionId }), output: z.strictObject({}), errors: ['not_found', 'storage_full'] }),
  'sessions.changed': event(z.strictObject({ revision, sessions: z.array(sessionView), removed: z.array(sessionId) })),

  'messages.list': call({
    input: z.strictObject({ ...pageRequest, sessionId }),
    /** What the chosen branches show, oldest first within the page; text that is on its way as far as it has come. */
    output: z.strictObject({ messages: z.array(messageView), next: nextPage, revision }),
    errors: [...pageErrors, 'not_found'],
  }),
  /**
   * Commits the message and the job that answers it together, and returns before the answer is made. In the background: the
   * answer says at once that the work has begun, and its result comes as a message of its own; refused with `no_model` where
   * no model is connected.
   */
  'messages.send': call({
    input: z.strictObject({
      sessionId,
      requestKey,
      text: z.string().max(messageCharLimit),
      documentIds: z.array(documentId).max(100).default([]),
      inBackground: z.boolean().default(false),
    }),
    /** The answer's job comes along: no event has told of it yet, and windows show what it does. Null when it is gone. */
    output: z.strictObject({ message: messageView, answer: messageView, job: jobView.nullable() }),
    errors: ['not_found', 'empty_message', 'no_model', ...enqueueErrors],
  }),
  'messages.stop': call({
    input: z.strictObject({ messageId }),
    output: messageView,
    errors: ['not_found', 'already_finished', 'storage_full'],
  }),
  'messages.retry': call({
    input: z.strictObject({ messageId, requestKey }),
    output: messageView,
    errors: ['not_found', 'not_retryable', ...enqueueErrors],
  }),
  /**
   * Another answer to the question of this one, which is kept beside it. What followed the old answer is no longer shown, and
   * an answer there that was on its way is stopped.
   */
  'messages.regenerate': call({
    input: z.strictObject({ messageId, requestKey }),
    output: z.strictObject({ answer: messageView }),
    errors: ['not_found', 'not_an_answer', 'too_many_branches', ...enqueueErrors],
  }),
  /**
   * Another question in the place of this one, with the same documents; both are kept. What followed the old one is no longer
   * shown, and an answer there that was on its way is stopped.
   */
  'messages.edit': call({
    input: z.strictObject({ messageId, requestKey, text: z.string().max(messageCharLimit) }),
    output: z.strictObject({ message: messageView, answer: messageView }),
    errors: ['not_found', 'not_a_question', 'empty_message', 'too_many_branches', ...enqueueErrors],
  }),
  /** Shows the branch that this message is in, with what was last chosen below it. */
  'messages.showBranch': call({ input: z.strictObject({ messageId }), output: z.strictObject({}), errors: ['not_found', 'storage_full'] }),
  'messages.changed': event(
    z.strictObject({
      revision,
      sessionId,
      messages: z.array(messageView),
      /** Other messages are shown than before: the list is read anew, from its newest page on. */
      branched: z.literal(true).optional(),
    }),
  ),
  /**
   * Of an answer on its way: its text up to `at` (UTF-16 code units) stays, and `text` follows it. Sent at once, while
   * `messages.changed` comes a frame later with the whole message; a window that has fewer than `at` has missed something
   * and reads the list.
   */
  'messages.delta': event(z.strictObject({ revision, sessionId, messageId, at: z.int().nonnegative(), text: z.string() })),
} as const;
