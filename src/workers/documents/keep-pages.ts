import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { z } from 'zod';
import type { StagedFile } from '../../shared/contract/worker/task-values.ts';
import type { TaskContext } from '../runtime/task-context.ts';
import type { ReadContext } from './read-original.ts';
import { stageFile } from './stage-file.ts';

/**
 * Keeps parts of a long reading over a kill: each is a file in the job's folder, flushed before the step that names it is recorded.
 * A file that is gone or is not what was recorded is made again; nothing is lost by it but time.
 */
export function createKeep(stagingDir: string, { step }: Pick<TaskContext<'document.import'>, 'step'>): NonNullable<ReadContext['keep']> {
  return async <T>(name: string, schema: z.ZodType<T>, make: () => Promise<T>): Promise<T> => {
    let made: { readonly value: T } | null = null;
    const staged = await step(`pages:${name}`, async () => {
      made = { value: await make() };
      return await stageFile(stagingDir, `pages-${name}.json`, [Buffer.from(JSON.stringify(made.value), 'utf8')]);
    });
    const now = made as { readonly value: T } | null;
    if (now !== null) return now.value;
    const kept = await readKept(stagingDir, staged);
    const parsed = kept === null ? null : schema.safeParse(kept);
    return parsed?.success === true ? parsed.data : await make();
  };
}

async function readKept(stagingDir: string, { name, sha256 }: StagedFile): Promise<unknown> {
  const bytes = await readFile(join(stagingDir, name)).catch(() => null);
  if (bytes === null || createHash('sha256').update(bytes).digest('hex') !== sha256) return null;
  return JSON.parse(bytes.toString('utf8'));
}
