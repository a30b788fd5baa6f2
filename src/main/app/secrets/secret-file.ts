import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { writeFileDurably } from '../../store/durable-file.ts';
import type { SecretState } from '../../../shared/domain/provider.ts';
import { SecretsRefused, type Sealer, type Secrets } from './secrets.ts';

const fileName = 'secrets.json';
const entry = z.strictObject({ sealedBy: z.enum(['keyring', 'key_file']), sealed: z.base64() });
const content = z.strictObject({ version: z.literal(1), entries: z.record(z.string(), entry) });
type Entries = z.output<typeof content>['entries'];

/**
 * Secrets in one small file of the data folder, each sealed by the system's keyring where there is one, or else by the
 * key file. What one host's keyring has sealed another cannot open; it is kept and counts as there.
 */
export function createSecretFile(
  dataDir: string,
  { keyring, keyFile }: { readonly keyring: Sealer | null; readonly keyFile: Sealer },
): Secrets {
  const file = join(dataDir, fileName);

  function entries(): Entries {
    try {
      return content.parse(JSON.parse(readFileSync(file, 'utf8'))).entries;
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return {};
      // Damaged: nothing in it can be opened, and the next key that is saved begins it anew.
      return {};
    }
  }
  function save(next: Entries): void {
    writeFileDurably(file, JSON.stringify({ version: 1, entries: next } satisfies z.input<typeof content>));
  }
  const sealers = [keyring, keyFile].filter(sealer => sealer !== null);
  function state(): SecretState {
    if (keyring?.isThere() === true) return 'strong';
    return keyFile.isThere() ? 'weak' : 'unavailable';
  }

  return {
    state,
    has: id => Object.hasOwn(entries(), id),
    read(id) {
      const found = Object.hasOwn(entries(), id) ? entries()[id] : undefined;
      const sealer = sealers.find(({ name }) => name === found?.sealedBy);
      if (found === undefined || sealer === undefined) return null;
      try {
        return sealer.open(Buffer.from(found.sealed, 'base64'));
      } catch {
        // SECURITY: the reason may quote what was opened; that it cannot be is all anybody needs to know.
        return null;
      }
    },
    write(id, value, { acceptWeak }) {
      const now = state();
      if (now === 'unavailable') throw new SecretsRefused('secrets_unavailable');
      if (now === 'weak' && !acceptWeak) throw new SecretsRefused('secrets_weak');
      const sealer = now === 'strong' && keyring !== null ? keyring : keyFile;
      save({ ...entries(), [id]: { sealedBy: sealer.name, sealed: sealer.seal(value).toString('base64') } });
    },
    remove(id) {
      const { [id]: gone, ...rest } = entries();
      if (gone !== undefined) save(rest);
    },
    keepOnly(ids) {
      const now = entries();
      const kept = Object.fromEntries(Object.entries(now).filter(([id]) => ids.has(id)));
      if (Object.keys(kept).length < Object.keys(now).length) save(kept);
    },
  };
}
