import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A folder of its own that is gone with `remove`. */
export function tempFolder(): { readonly path: string; remove(): void } {
  const path = mkdtempSync(join(tmpdir(), 'konspekt-test-'));
  return {
    path,
    remove: () => {
      rmSync(path, { recursive: true, maxRetries: 3 });
    },
  };
}
