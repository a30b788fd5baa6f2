import type { JobId, NoteId, SessionId, SynopsisId, VersionId } from '../../../shared/domain/ids.ts';
import type {
  CoverageSource,
  JobVersionHead,
  Section,
  SectionKind,
  SynopsisIssue,
  SynopsisNote,
  SynopsisVersion,
  VersionHead,
  VersionTrigger,
} from '../../../shared/domain/synopsis.ts';

export interface NewVersion {
  readonly versionId: VersionId;
  /** Used when the session has no synopsis yet; otherwise the version is added to the one it has. */
  readonly synopsisId: SynopsisId;
  readonly sessionId: SessionId;
  readonly jobId: JobId;
  readonly title: string;
  readonly detail: VersionHead['detail'];
  readonly language: VersionHead['language'];
  readonly template: VersionHead['template'];
  readonly plannedSections: readonly SectionKind[];
  readonly coverage: readonly CoverageSource[];
  readonly requestKey: string | null;
  readonly atMs: number;
  /** `request` when it is left out. */
  readonly trigger?: VersionTrigger;
  readonly basedOn?: VersionId | null;
  /** The sections that it makes itself; those of `basedOn` that are not among them are in it from its start. Null makes all. */
  readonly only?: readonly SectionKind[] | null;
  readonly instruction?: string | null;
}

export type VersionEnd =
  | {
      readonly state: 'ready';
      readonly coverage: readonly CoverageSource[];
      readonly issues: readonly SynopsisIssue[];
      readonly atMs: number;
      readonly noteVersionId?: VersionId;
    }
  | {
      readonly state: 'failed' | 'cancelled';
      readonly atMs: number;
      /** The id of the version that keeps notes changed meanwhile, where this one does not become the current one. */
      readonly noteVersionId?: VersionId;
    };

/** A finished version that was made elsewhere, for a session that has no synopsis yet. */
export interface ImportedVersion extends Pick<
  NewVersion,
  'versionId' | 'synopsisId' | 'sessionId' | 'title' | 'detail' | 'language' | 'template' | 'plannedSections' | 'coverage' | 'atMs'
> {
  readonly sections: readonly Section[];
  readonly issues: readonly SynopsisIssue[];
  readonly notes: readonly SynopsisNote[];
}

/** What the event `synopses.changed` says of a version. */
export interface VersionProgress {
  readonly sessionId: SessionId;
  readonly synopsisId: SynopsisId;
  readonly versionId: VersionId;
  readonly sectionsReady: number;
}

/** A section and the version whose coverage says what it was made of, or held against without a change. */
export interface SectionMaterial {
  readonly kind: SectionKind;
  readonly coverage: readonly CoverageSource[];
}

/** A refresh or a regeneration that is under way, failed, or waits for a person. */
export interface OpenProposal {
  readonly head: VersionHead;
  /** That nobody has decided about, with something new in them; of one being made, what is ready. */
  readonly sections: readonly Section[];
}

export type NoteChange =
  | { readonly change: 'put'; readonly id: NoteId; readonly after: SectionKind | null; readonly text: string }
  | { readonly change: 'remove'; readonly id: NoteId };

/** Ids and the moment of a version that a person makes. */
export interface ByPerson {
  readonly versionId: VersionId;
  readonly atMs: number;
}

/**
 * One synopsis a session, in versions that are only added. A ready version never changes again. What a person does (restore,
 * take over, annotate) is a version too; it is refused with null while one is being made, but for notes, which the version that
 * is being made takes with it at its end.
 */
export interface Synopses {
  /** Throws when a version of this session is already being made; ask `making` first. */
  startVersion(version: NewVersion): JobVersionHead;
  /** Ready at once. Throws when the session has a synopsis. */
  importVersion(version: ImportedVersion): VersionHead;
  making(sessionId: SessionId): JobVersionHead | null;
  findByRequestKey(requestKey: string): JobVersionHead | null;
  /** Shown as soon as it is recorded; the same kind again replaces it. False when the version is no longer being made. */
  addSection(versionId: VersionId, section: Section): boolean;
  /** The sections that are to be made again. Changes nothing unless the version is being made. */
  removeSections(versionId: VersionId, kinds: readonly SectionKind[]): void;
  /** What became known once the sources were read; a null language leaves it. Changes nothing unless the version is being made. */
  describe(versionId: VersionId, known: { readonly title: string; readonly language: VersionHead['language'] | null }): void;
  /** What it is being made of. Changes nothing unless the version is being made. */
  setCoverage(versionId: VersionId, coverage: readonly CoverageSource[]): void;
  /** Null when the version is not being made. */
  finishVersion(versionId: VersionId, end: VersionEnd): VersionHead | null;
  /**
   * A failed or cancelled version is made further by its retried job. Null when it is neither, when another one is being made, or
   * when a newer one is ready: what has come since is not gone back behind.
   */
  reopenVersion(versionId: VersionId): VersionHead | null;
  head(versionId: VersionId): VersionHead | null;
  /** Newest first, proposals left out. */
  heads(sessionId: SessionId): VersionHead[];
  ofJob(jobId: JobId): VersionHead | null;
  title(versionId: VersionId): string | null;
  progress(versionId: VersionId): VersionProgress | null;
  /** The version asked for, if it is this session's; with null the newest that is no proposal. */
  open(sessionId: SessionId, versionId: VersionId | null): SynopsisVersion | null;
  /** The newest finished version of a session. */
  current(sessionId: SessionId): VersionHead | null;
  /** What each section of a version knows of. */
  materials(versionId: VersionId): SectionMaterial[];
  /** What the sections are made of that it makes itself; `open` tells what all of its sections are. */
  ownCoverage(versionId: VersionId): CoverageSource[];
  /** The newest that is under way or waits for a person, else one that failed; null when there is nothing to show or to decide. */
  proposal(sessionId: SessionId): OpenProposal | null;
  /** The sections of `versionId` again, with the notes there are; with `withNotes` with its own. */
  restore(versionId: VersionId, by: ByPerson & { readonly withNotes: boolean }): VersionHead | null;
  /** What `restore` takes back; null when the current version is the first. */
  beforeCurrent(sessionId: SessionId): VersionHead | null;
  /** The current version with these sections of a proposal in the place of its own. */
  accept(proposal: VersionId, kinds: readonly SectionKind[], by: ByPerson): VersionHead | null;
  /** They stay as they are; how the sources are now is known of them all the same. */
  reject(proposal: VersionId, kinds: readonly SectionKind[], atMs: number): void;
  /** Null when nothing was changed: the note is not there, or says the same. */
  changeNote(sessionId: SessionId, note: NoteChange, by: ByPerson): { readonly version: VersionHead | null } | null;
  /** A person's notes as they are now. */
  presentNotes(sessionId: SessionId): SynopsisNote[];
  /** Whether it knows of all that its chat holds, as it was found; true when that is news. */
  setStale(sessionId: SessionId, isStale: boolean): boolean;
}
