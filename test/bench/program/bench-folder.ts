import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A folder of this bench's own, gone when the bench leaves its scope, however it does. */
export function benchFolder(): { readonly path: string; at(name: string): string } & Disposable {
  const path = mkdtempSync(join(tmpdir(), 'konspekt-bench-'));
  return {
    path,
    at: name => join(path, name),
    [Symbol.dispose]() {
      rmSync(path, { recursive: true, force: true, maxRetries: 3 });
    },
  };
}
