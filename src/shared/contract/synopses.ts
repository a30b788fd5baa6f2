import { z } from 'zod';
import { jobId, noteId, requestKey, sessionId, synopsisId, versionId } from '../domain/ids.ts';
import { jobView } from '../domain/job.ts';
import { language } from '../domain/language.ts';
import { libraryFilter, libraryItem, tagCount, tagName, tagsPerSynopsis } from '../domain/library.ts';
import { staleSection } from '../domain/stale-sections.ts';
import {
  detailLevel,
  jobVersionHead,
  section,
  sectionKind,
  synopsisEngine,
  synopsisInstruction,
  synopsisVersion,
  template,
  versionHead,
  versionStates,
} from '../domain/synopsis.ts';
import { snippet } from '../domain/snippet.ts';
import { call, event } from './define.ts';
import { enqueueErrors, placeErrors, wantedPlace } from './enqueue.ts';
import { nextPage, pageErrors, pageRequest, revision } from './pagination.ts';

const requestErrors = ['not_found', 'nothing_to_read', 'nothing_readable', 'still_stopping', ...enqueueErrors] as const;

export const synopsisRoutes = {
  /** Starts making one, or joins the one being made for this session. Request and job are committed together. */
  'synopses.request': call({
    input: z.strictObject({
      sessionId,
      requestKey,
      detail: detailLevel.default('standard'),
      /** Null takes the chat’s newest one, else what the material looks like: a talk is a meeting, all else an article. */
      template: template.nullable().default(null),
      /** Null takes the language most of the material is in. */
      language: language.nullable().default(null),
      /** Who makes it; null takes the model where there is one that answers. */
      engine: synopsisEngine.nullable().default(null),
      ...wantedPlace,
    }),
    output: z.strictObject({ version: jobVersionHead, joined: z.boolean() }),
    errors: [...requestErrors, ...placeErrors],
  }),
  /**
   * Makes the sections anew whose material has changed, as a proposal: what comes out otherwise than it was waits for `decide`.
   * With `only` those, whatever is known of their material.
   */
  'synopses.refresh': call({
    input: z.strictObject({ sessionId, requestKey, only: z.array(sectionKind).min(1).nullable().default(null) }),
    output: z.strictObject({ version: jobVersionHead, joined: z.boolean() }),
    errors: [...requestErrors, 'nothing_stale', 'being_made'],
  }),
  /** Makes one section anew; the next version has it, and the others as they are. An instruction needs a model. */
  'synopses.regenerate': call({
    input: z.strictObject({ sessionId, requestKey, kind: sectionKind, instruction: synopsisInstruction.nullable().default(null) }),
    output: z.strictObject({ version: jobVersionHead, joined: z.boolean() }),
    errors: [...requestErrors, 'no_model', 'being_made'],
  }),
  /** Takes sections out of a proposal into the next version, or leaves them as they are. Null where no version came of it. */
  'synopses.decide': call({
    input: z.strictObject({ requestKey, proposalId: versionId, kinds: z.array(sectionKind).min(1), accept: z.boolean() }),
    output: z.strictObject({ version: versionHead.nullable() }),
    errors: ['not_found', 'being_made', 'storage_full'],
  }),
  /** A new version with the sections of an earlier one. The notes stay as they are. */
  'synopses.restore': call({
    input: z.strictObject({ requestKey, versionId }),
    output: z.strictObject({ version: versionHead }),
    errors: ['not_found', 'not_ready', 'being_made', 'storage_full'],
  }),
  /** Takes the last change back, with a new version that is as the one before; a change of notes too. Twice is as it was. */
  'synopses.undo': call({
    /** `undoes`: the version that is to be taken back; refused when another is the current one by then. Null for whichever it is. */
    input: z.strictObject({ requestKey, sessionId, undoes: versionId.nullable().default(null) }),
    output: z.strictObject({ version: versionHead, undone: versionHead }),
    errors: ['not_found', 'nothing_to_undo', 'changed_since', 'being_made', 'storage_full'],
  }),
  /** Writes a note of the person's own below a section; null above the first. With an id, that note. */
  'synopses.putNote': call({
    input: z.strictObject({
      requestKey,
      sessionId,
      noteId: noteId.nullable().default(null),
      after: sectionKind.nullable(),
      text: z.string().trim().min(1).max(20_000),
    }),
    output: z.strictObject({ noteId }),
    errors: ['not_found', 'too_many_notes', 'storage_full'],
  }),
  'synopses.removeNote': call({
    input: z.strictObject({ requestKey, sessionId, noteId }),
    output: z.strictObject({}),
    errors: ['storage_full'],
  }),
  /** Which sections of the current version do not know of all that the chat holds now, and why; null when there is none. */
  'synopses.freshness': call({
    input: z.strictObject({ sessionId }),
    output: z.strictObject({ versionId: versionId.nullable(), stale: z.array(staleSection) }),
    errors: ['not_found'],
  }),
  /** The newest version of a session, or the one asked for; null when none was ever made. */
  'synopses.open': call({
    input: z.strictObject({ sessionId, versionId: versionId.nullable().default(null) }),
    output: z.strictObject({
      version: synopsisVersion.nullable(),
      versions: z.array(versionHead),
      /** Sections made anew beside it: under way, failed, or waiting for the person. */
      proposal: z.strictObject({ version: versionHead, sections: z.array(section) }).nullable(),
      revision,
    }),
    errors: ['not_found'],
  }),
  'synopses.exportMarkdown': call({
    input: z.strictObject({ versionId, language }),
    output: z.strictObject({ fileName: z.string(), markdown: z.string() }),
    errors: ['not_found', 'not_ready'],
  }),
  /**
   * Writes the newest finished synopsis of every chat into a folder of the person's, a Markdown file each, as one job: it
   * goes on after a crash, writes over nothing, and takes back what it wrote when it is cancelled. For the command line alone:
   * a window does not name paths, it asks with `exportAll`.
   */
  'synopses.exportTo': call({
    input: z.strictObject({ folder: z.string().min(1).max(4_000), language: language.nullable().default(null) }),
    output: z.strictObject({ job: jobView, count: z.int().positive() }),
    errors: ['bad_folder', 'nothing_to_export', 'still_stopping', ...enqueueErrors],
  }),
  /** `exportTo` into the folder the person picks in the system's dialog; null when they cancelled. The desktop alone has such a dialog. */
  'synopses.exportAll': call({
    input: z.strictObject({ language: language.nullable().default(null) }),
    output: z.strictObject({ started: z.strictObject({ job: jobView, count: z.int().positive() }).nullable() }),
    errors: ['no_dialog', 'bad_folder', 'nothing_to_export', 'still_stopping', ...enqueueErrors],
  }),
  /** Finished ones of all sessions, newest first. */
  'synopses.list': call({
    input: z.strictObject({
      ...pageRequest,
      ...libraryFilter,
      search: z.string().max(200).default(''),
      withSnippets: z.boolean().default(false),
    }),
    output: z.strictObject({
      synopses: z.array(
        libraryItem.extend({
          /** With a search and when asked for: where its words are, or how the synopsis begins when they are in its title alone. */
          snippet: snippet.optional(),
        }),
      ),
      next: nextPage,
    }),
    errors: pageErrors,
  }),
  /** The person's own words for synopses, by name. */
  'synopses.tags': call({
    input: z.strictObject({}),
    output: z.strictObject({ tags: z.array(tagCount) }),
  }),
  /** These and no others. Comes back as they are spelt: one that is there keeps its spelling. */
  'synopses.setTags': call({
    input: z.strictObject({ requestKey, synopsisId, tags: z.array(tagName).max(tagsPerSynopsis) }),
    output: z.strictObject({ tags: z.array(z.string()) }),
    errors: ['not_found', 'storage_full'],
  }),
  /** On every synopsis that has it; with a name that is there the two become one. */
  'synopses.renameTag': call({
    input: z.strictObject({ requestKey, from: tagName, to: tagName }),
    output: z.strictObject({}),
    errors: ['not_found', 'storage_full'],
  }),
  'synopses.removeTag': call({
    input: z.strictObject({ requestKey, tag: tagName }),
    output: z.strictObject({}),
    errors: ['not_found', 'storage_full'],
  }),
  /** A version was started, gained a section or ended. */
  'synopses.changed': event(
    z.strictObject({
      revision,
      sessionId,
      synopsisId,
      versionId,
      /** Null where a person made it. */
      jobId: jobId.nullable(),
      state: z.enum(versionStates),
      sectionsReady: z.int().nonnegative(),
    }),
  ),
} as const;
