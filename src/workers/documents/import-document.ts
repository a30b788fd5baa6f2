import type { TaskInput, TaskOutput } from '../../shared/contract/worker/tasks.ts';
import type { TimerPort } from '../../shared/domain/awake-timer.ts';
import { jobErrorOf, scansNeedVisionDetail, type DocumentError } from '../../shared/domain/document.ts';
import type { DocumentFormat } from '../../shared/domain/document-formats.ts';
import { snapshot as snapshotSchema } from '../../shared/domain/snapshot.ts';
import { TaskFailure } from '../../shared/domain/task-failure.ts';
import type { TaskContext } from '../runtime/task-context.ts';
import { DocumentRefused } from './document-refused.ts';
import { authorOf, dateOf } from './document-facts.ts';
import { fetchOriginal } from './fetch-original.ts';
import { formatOf } from './format-of.ts';
import { createLook, type LookContext } from './look-at-picture.ts';
import { createKeep } from './keep-pages.ts';
import { openOriginal } from './original.ts';
import { createOwnTime, processTimers } from './own-time.ts';
import { formatReaders, type ReadContext } from './read-original.ts';
import { createSnapshotBuilder } from './snapshot-builder.ts';
import { stageFile } from './stage-file.ts';

const snapshotFileName = 'snapshot.json';

export type ImportOutcome =
  | ({ readonly result: 'read' } & TaskOutput<'document.import'>)
  | { readonly result: 'refused'; readonly error: DocumentError };

/** @throws TaskFailure with the document's error when it is at fault, and what `importDocument` throws */
export async function importTask(
  input: TaskInput<'document.import'>,
  context: Pick<TaskContext<'document.import'>, 'signal' | 'report' | 'step' | 'hostCall' | 'charge' | 'log'>,
  timers: TimerPort = processTimers,
): Promise<TaskOutput<'document.import'>> {
  const own = createOwnTime(timers);
  const asking: LookContext = {
    signal: context.signal,
    step: (name, run) => own.elsewhere(() => context.step(name, () => own.here(async () => await run()))),
    hostCall: (name, question) => own.elsewhere(() => context.hostCall(name, question)),
    charge: used => {
      context.charge(used);
    },
    log: (level, message) => {
      context.log(level, message);
    },
  };
  const outcome = await own.within(() =>
    importDocument(input, {
      signal: context.signal,
      report: progress => {
        context.report(progress);
      },
      keep: createKeep(input.stagingDir, asking),
      ...(input.canLook ? { look: createLook(input.language, asking) } : {}),
    }),
  );
  if (outcome.result === 'refused') {
    const { code, message } = jobErrorOf(outcome.error);
    throw new TaskFailure(code, message, { retryable: false });
  }
  const { result: _, ...read } = outcome;
  return read;
}

type ToImport = Pick<TaskInput<'document.import'>, 'from' | 'stagingDir'>;

/**
 * Reads one document into a snapshot staged as `snapshot.json`; what comes from an address is staged as `original` too.
 * A document that cannot be read gives `refused` with its reason.
 *
 * @throws RetryableError when the network or the server is away for now
 * @throws the abort reason when `context.signal` is aborted; files staged so far are the caller's to remove
 */
export async function importDocument(input: ToImport, context: ReadContext): Promise<ImportOutcome> {
  try {
    return { result: 'read', ...(await readDocument(input, context)) };
  } catch (error) {
    context.signal.throwIfAborted();
    if (error instanceof DocumentRefused) return { result: 'refused', error: error.toDocumentError() };
    throw error;
  }
}

async function readDocument({ from, stagingDir }: ToImport, context: ReadContext): Promise<TaskOutput<'document.import'>> {
  context.signal.throwIfAborted();
  const fetched = from.kind === 'url' ? await fetchOriginal(from, stagingDir, context) : null;
  const original =
    fetched?.original ?? (from.kind === 'file' ? await openOriginal(from.path, from.name, { mime: null, charset: null }) : unreachable());
  const label = original.name.slice(0, 200) || null;
  context.report({ phase: 'reading', label, done: null, total: null });

  const format = await formatOf(original);
  const builder = createSnapshotBuilder();
  const outcome = await formatReaders[format](original, builder, context);
  context.signal.throwIfAborted();
  const { snapshot, charCount } = builder.build(outcome.title);
  if (charCount === 0) throw nothingToRead(format, outcome.pageCount, context.look !== undefined);

  context.report({ phase: 'saving', label, done: null, total: null });
  const staged = await stageFile(stagingDir, snapshotFileName, [Buffer.from(JSON.stringify(snapshotSchema.parse(snapshot)), 'utf8')]);
  context.signal.throwIfAborted();
  return {
    format,
    title: snapshot.title,
    author: authorOf(outcome.authors ?? []),
    date: dateOf(outcome.date ?? null),
    language: snapshot.language,
    snapshotHash: snapshot.hash,
    snapshot: staged,
    original: fetched?.staged ?? null,
    byteCount: original.byteCount,
    charCount,
    pageCount: outcome.pageCount,
    warnings: snapshot.warnings,
  };
}

/** Pages without a letter are scans, which a model may be able to read; any other format without one is empty. */
function nothingToRead(format: DocumentFormat, pageCount: number | null, isLookedAt: boolean): DocumentRefused {
  if (format === 'image') return new DocumentRefused('no_text', 'nothing is on the picture');
  if (format !== 'pdf') return new DocumentRefused('empty');
  return new DocumentRefused('no_text', isLookedAt ? `${pageCount ?? 0} pages` : scansNeedVisionDetail);
}

function unreachable(): never {
  throw new Error('A document comes from a file or from an address.');
}
