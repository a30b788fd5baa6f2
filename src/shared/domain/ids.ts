import { z } from 'zod';

/**
 * Identifiers are UUIDv7 (RFC 9562): unique without coordination and sorted by creation time, so a primary key is also
 * the order of a list. Each aggregate has its own brand, so a job's id cannot be passed where a session's is asked for.
 */
export const sessionId = z.uuidv7().brand<'SessionId'>();
export const messageId = z.uuidv7().brand<'MessageId'>();
export const documentId = z.uuidv7().brand<'DocumentId'>();
export const jobId = z.uuidv7().brand<'JobId'>();
export const synopsisId = z.uuidv7().brand<'SynopsisId'>();
export const versionId = z.uuidv7().brand<'VersionId'>();
export const noteId = z.uuidv7().brand<'NoteId'>();
export const noticeId = z.uuidv7().brand<'NoticeId'>();
export const scheduleId = z.uuidv7().brand<'ScheduleId'>();
export const providerId = z.uuidv7().brand<'ProviderId'>();
export const mcpServerId = z.uuidv7().brand<'McpServerId'>();
export const approvalId = z.uuidv7().brand<'ApprovalId'>();
export const folderId = z.uuidv7().brand<'FolderId'>();
export const loginId = z.uuidv7().brand<'LoginId'>();

export type SessionId = z.output<typeof sessionId>;
export type MessageId = z.output<typeof messageId>;
export type DocumentId = z.output<typeof documentId>;
export type JobId = z.output<typeof jobId>;
export type SynopsisId = z.output<typeof synopsisId>;
export type VersionId = z.output<typeof versionId>;
export type NoteId = z.output<typeof noteId>;
export type NoticeId = z.output<typeof noticeId>;
export type ScheduleId = z.output<typeof scheduleId>;
export type ProviderId = z.output<typeof providerId>;
export type McpServerId = z.output<typeof mcpServerId>;
export type ApprovalId = z.output<typeof approvalId>;
export type FolderId = z.output<typeof folderId>;
export type LoginId = z.output<typeof loginId>;

/** SHA-256 in lower-case hexadecimal: names an artifact by its bytes and a snapshot by its canonical text. */
export const sha256Hex = z
  .string()
  .regex(/^[0-9a-f]{64}$/u)
  .brand<'Sha256'>();
export type Sha256 = z.output<typeof sha256Hex>;

/** Sent with every mutation; the same key twice is the same click, and does its work once. */
export const requestKey = z.uuid();

/** Milliseconds since the Unix epoch, whole. */
export const epochMs = z.int().nonnegative();
