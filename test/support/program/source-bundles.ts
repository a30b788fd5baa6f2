import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { workerNames, type WorkerName } from '../../../src/shared/domain/job.ts';
import { compileCache } from './compile-cache.ts';

const sources = join(import.meta.dirname, '..', '..', '..', 'src');
const support = join(import.meta.dirname, '..');

/** Where a gate stops a worker: before a step of its task, or before the task itself. */
export interface Gate {
  readonly worker: WorkerName;
  /** `task` or the name of a step, or several with spaces between them. */
  readonly point: string;
  /** Loopback port of the test's barrier. */
  readonly port: number;
}

/** The entry of a worker that stops at the gate. */
export function gatedWorker(gate: Gate): string {
  return `import { enableCompileCache } from 'node:module';
enableCompileCache(${JSON.stringify(compileCache)});
const { serveGated } = await import(${JSON.stringify(pathToFileURL(join(support, 'program/gated-worker.ts')).href)});
await serveGated(${JSON.stringify(gate)});
`;
}

/** A folder that looks like the built program's, whose modules are the sources; one worker may have a gate in it. */
export function writeSourceBundles(folder: string, gate: Gate | null): string {
  mkdirSync(folder, { recursive: true });
  const module = (path: string) => JSON.stringify(pathToFileURL(path).href);
  writeFileSync(join(folder, 'package.json'), '{"type":"module"}');
  writeFileSync(join(folder, 'reader.js'), `import ${module(join(sources, 'main/store/reader-thread.ts'))};\n`);
  for (const worker of workerNames) {
    const code = gate?.worker === worker ? gatedWorker(gate) : `import ${module(join(sources, 'workers', worker, 'entry.ts'))};\n`;
    writeFileSync(join(folder, `worker-${worker}.js`), code);
  }
  return folder;
}
