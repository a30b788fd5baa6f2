import { createHash } from 'node:crypto';
import { access, constants, stat } from 'node:fs/promises';
import { basename, isAbsolute } from 'node:path';
import { exportLimit } from '../../../shared/contract/worker/task-values.ts';
import type { VersionId } from '../../../shared/domain/ids.ts';
import type { Language } from '../../../shared/domain/language.ts';
import { ExpectedError } from '../../ipc/expected-error.ts';
import type { HandlersOf } from '../../ipc/handlers.ts';
import { finished } from '../files/synopsis-file.ts';
import { readCitationPlaces } from '../export/citation-places.ts';
import { synopsisMarkdown } from '../../../shared/export/synopsis-markdown.ts';
import { beginSynopsis } from '../begin-synopsis.ts';
import { refuseWhileEnding } from '../refuse-while-ending.ts';
import type { CallContext } from './call-context.ts';
import { expectFound } from './expect-found.ts';
import { libraryCalls } from './library-calls.ts';
import { versionCalls } from './version-calls.ts';

export function synopsisCalls(context: CallContext): HandlersOf<'synopses'> {
  const { store, reader, jobViews, engine, events } = context;

  async function exportTo(folder: string, language: Language | null) {
    await assertFolder(folder);
    const versionIds = expectSomething(finishedVersions(store));
    // While one is at it for this folder, that is the one that was asked for.
    const { jobId, created } = await engine.enqueue({
      kind: 'synopses.export',
      payload: { folder, language, versionIds },
      idempotencyKey: `export:${createHash('sha256').update(folder).digest('hex')}`,
      sessionId: null,
      title: (basename(folder) || folder).slice(0, titleLimit),
    });
    const job = expectFound(jobViews.view(jobId), 'job', jobId);
    if (!created) refuseWhileEnding(job);
    return { job, count: versionIds.length };
  }

  return {
    ...versionCalls(context),
    ...libraryCalls(context),

    'synopses.request': request => {
      expectFound(store.sessions.get(request.sessionId), 'chat', request.sessionId);
      return beginSynopsis(context, request);
    },

    'synopses.open': ({ sessionId, versionId: wanted }) => {
      expectFound(store.sessions.get(sessionId), 'chat', sessionId);
      const version = store.synopses.open(sessionId, wanted);
      if (version === null && wanted !== null) expectFound(null, 'version', wanted);
      const proposal = store.synopses.proposal(sessionId);
      return {
        version,
        versions: store.synopses.heads(sessionId),
        proposal: proposal === null ? null : { version: proposal.head, sections: [...proposal.sections] },
        revision: events.revision('synopses.changed'),
      };
    },

    'synopses.exportMarkdown': async ({ versionId: id, language }) => {
      const version = finished(store, id);
      return synopsisMarkdown(version, language, await readCitationPlaces(version, reader));
    },

    'synopses.exportTo': ({ folder, language }, { kind }) => {
      // SECURITY: a path is taken from the person's own command line alone; a page gets the folder that is chosen in a dialog.
      if (kind !== 'commandLine')
        throw new ExpectedError('bad_folder', 'Only the command line may name a folder. Use "konspekt export --to <folder>".');
      return exportTo(folder, language);
    },

    'synopses.exportAll': async ({ language }) => {
      if (context.chooseFolder === null)
        throw new ExpectedError('no_dialog', 'This host has no dialog to choose a folder with. Use "konspekt export --to <folder>".');
      // Nobody is asked for a folder that nothing would be written to.
      expectSomething(finishedVersions(store));
      const folder = await context.chooseFolder();
      return { started: folder === null ? null : await exportTo(folder, language) };
    },
  };
}

function expectSomething(versionIds: VersionId[]): VersionId[] {
  if (versionIds.length === 0) throw new ExpectedError('nothing_to_export', 'There is no finished synopsis to export yet.');
  return versionIds;
}

/** As the engine bounds a job's title. */
const titleLimit = 500;
/** Synopses of one page while all are gathered. */
const pageLimit = 200;

/**
 * SECURITY: the folder is one that the person typed into the command line or picked in a dialog, and is there; the job only
 * makes files that are not there and removes none but its own.
 */
async function assertFolder(folder: string): Promise<void> {
  const bad = (why: string) => new ExpectedError('bad_folder', `"${folder}" ${why}. Name a folder that is there, with its whole path.`);
  if (!isAbsolute(folder)) throw bad('is not a whole path');
  const there = await stat(folder).catch(() => null);
  if (there?.isDirectory() !== true) throw bad('is no folder');
  await access(folder, constants.W_OK).catch(() => {
    throw bad('cannot be written');
  });
}

/** The newest ready version of every synopsis, newest first; the oldest are left out of more than an export takes. */
function finishedVersions(store: CallContext['store']): VersionId[] {
  const found: VersionId[] = [];
  for (let before: string | null = null; found.length < exportLimit;) {
    const page: ReturnType<typeof store.library.list> = store.library.list({ before, limit: pageLimit, search: '' });
    found.push(...page.synopses.map(synopsis => synopsis.versionId));
    before = page.next;
    if (before === null) break;
  }
  return found.slice(0, exportLimit);
}
