import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import type { StagedFile } from '../../shared/contract/worker/task-values.ts';
import { sha256Hex } from '../../shared/domain/ids.ts';

/**
 * Writes chunks into a new file of the staging folder and flushes it to the disk, so that its hash is true after a power
 * cut too. A file of the same name, left by an attempt before, is replaced.
 *
 * @param name a plain file name as `stagedFile` allows it
 */
export async function stageFile(
  stagingDir: string,
  name: string,
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
): Promise<StagedFile> {
  const hash = createHash('sha256');
  let byteCount = 0;
  const file = await open(join(stagingDir, name), 'w', 0o600);
  try {
    for await (const chunk of chunks) {
      hash.update(chunk);
      byteCount += chunk.byteLength;
      await file.writeFile(chunk);
    }
    await file.sync();
  } finally {
    await file.close();
  }
  return { name, sha256: sha256Hex.parse(hash.digest('hex')), byteCount };
}
