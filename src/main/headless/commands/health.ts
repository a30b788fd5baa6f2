import type { Health } from '../../../shared/contract/health.ts';
import { jobKinds } from '../../../shared/domain/job.ts';
import { withProgram } from '../attach.ts';
import type { CommandContext } from '../command-context.ts';
import { exitCodes, type ExitCode } from '../exit-codes.ts';
import { healthWordsFor } from '../health-words.ts';
import { queueWordsFor } from '../queue-words.ts';
import { unwrap } from '../unwrap.ts';

const mebibyte = 1024 * 1024;
const msPerSecond = 1_000;

/** How the program is: its queue, its workers, its disk. Without one that runs, what there is to be told of its folder. */
export function showHealth(context: CommandContext, { json }: { readonly json: boolean }): Promise<ExitCode> {
  return withProgram(context, { works: false }, async ({ client, running }) => {
    const { words, out } = context;
    const health = unwrap(await client.call('health.read', {}), words);
    const lines = json ? [JSON.stringify({ running: running !== null, ...health })] : healthLines(health, running !== null, context);
    for (const line of lines) out.write(`${line}\n`);
    return exitCodes.done;
  });
}

function healthLines(health: Health, isRunning: boolean, { words, locale }: CommandContext): string[] {
  const own = healthWordsFor(locale);
  const queue = queueWordsFor(locale);
  const date = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'medium' });
  const time = new Intl.DateTimeFormat(locale, { timeStyle: 'medium' });
  const short = new Intl.NumberFormat(locale, { maximumFractionDigits: 1 });
  const memory = (bytes: number) => own.mebibytes(short.format(bytes / mebibyte));
  const duration = (ms: number) => (ms < msPerSecond ? own.milliseconds(short.format(ms)) : own.seconds(short.format(ms / msPerSecond)));
  const kinds = jobKinds.filter(kind => health.queue.some(row => row.kind === kind));
  // Of a process that only looks there is nothing to say.
  const ofProgram = isRunning
    ? [
        own.lastMinute(health.lastMinute),
        ...health.workers.flatMap(worker => {
          const told = [
            own.breaker[worker.breaker] ?? queue.workerStates[worker.state],
            ...(worker.restarts > 0 ? [queue.restarts(worker.restarts)] : []),
            ...(worker.retryAtMs === null ? [] : [queue.retryAt(time.format(worker.retryAtMs))]),
          ];
          return [
            `  ${queue.workerNames[worker.name]} — ${told.join(', ')}`,
            ...worker.processes.map(
              ({ pid, generation, rssBytes, tasks, standsBy }) =>
                `    ${own.process(pid, generation, rssBytes === null ? null : memory(rssBytes), tasks, standsBy)}`,
            ),
          ];
        }),
        own.main(health.main.pid, memory(health.main.rssBytes), date.format(health.sinceMs)),
        ...(health.loopDelay === null
          ? []
          : [own.loopDelay(duration(health.loopDelay.p50Ms), duration(health.loopDelay.p99Ms), duration(health.loopDelay.maxMs))]),
        ...(health.commits === null
          ? []
          : [own.commits(health.commits.count, duration(health.commits.p50Ms), duration(health.commits.p99Ms))]),
      ]
    : [];
  return [
    ...(health.paused ? [queue.paused] : isRunning ? [queue.works] : []),
    ...(health.pausedKinds.length === 0 ? [] : [queue.pausedKinds(health.pausedKinds.map(kind => words.kinds[kind]).join(', '))]),
    ...(health.storage === 'ok' ? [] : [queue.storage[health.storage]]),
    ...(isRunning ? [] : [queue.notRunning]),
    ...(kinds.length === 0 ? [queue.noLiveJobs] : []),
    ...kinds.map(kind => {
      const counted = health.queue.filter(row => row.kind === kind).map(row => queue.counted(words.states[row.state], row.count));
      return `  ${words.kinds[kind]} — ${counted.join(', ')}`;
    }),
    ...(health.oldestQueuedMs === null ? [] : [own.oldest(duration(health.oldestQueuedMs))]),
    ...ofProgram,
    own.database(memory(health.database.bytes), memory(health.database.logBytes)),
    health.lastBackup === null ? own.noBackup : own.backup(date.format(health.lastBackup.atMs), memory(health.lastBackup.bytes)),
  ];
}
