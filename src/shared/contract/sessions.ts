import { z } from 'zod';
import { documentId, requestKey, sessionId, messageId } from '../domain/ids.ts';
import { language } from '../domain/language.ts';
import { messageCharLimit, messageView, sessionView } from '../domain/session.ts';
import { snippet } from '../domain/snippet.ts';
import { call, event } from './define.ts';
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
    /** Oldest first within the page. */
    output: z.strictObject({ messages: z.array(messageView), next: nextPage, revision }),
    errors: [...pageErrors, 'not_found'],
  }),
  /** Commits the message and the job that answers it together, and returns before the answer is made. */
  'messages.send': call({
    input: z.strictObject({
      sessionId,
      requestKey,
      text: z.string().max(messageCharLimit),
      documentIds: z.array(documentId).max(100).default([]),
    }),
    output: z.strictObject({ message: messageView, answer: messageView }),
    errors: ['not_found', 'empty_message', 'queue_full', 'storage_full'],
  }),
  'messages.stop': call({
    input: z.strictObject({ messageId }),
    output: messageView,
    errors: ['not_found', 'already_finished', 'storage_full'],
  }),
  'messages.retry': call({
    input: z.strictObject({ messageId, requestKey }),
    output: messageView,
    errors: ['not_found', 'not_retryable', 'queue_full', 'storage_full'],
  }),
  'messages.changed': event(z.strictObject({ revision, sessionId, messages: z.array(messageView) })),
} as const;
