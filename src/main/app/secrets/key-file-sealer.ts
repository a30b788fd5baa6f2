import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { privateFileMode } from '../../store/durable-file.ts';
import { newKey, openWithKey, sealWithKey, sealingKeyBytes } from './seal-with-key.ts';
import type { Sealer } from './secrets.ts';

const fileName = 'secrets.key';

/**
 * Seals with a key of this data folder's own.
 * SECURITY: it protects from other accounts of the machine (both files are the owner's alone), from a copied database, and
 * from a copied secrets file without its key. It does not protect from whoever can read the owner's files: that is why it
 * is called weak and asked about.
 */
export function createKeyFileSealer(dataDir: string): Sealer {
  const file = join(dataDir, fileName);
  let known: Buffer | null = null;

  function key(): Buffer {
    known ??= readKey(file) ?? makeKey(file);
    return known;
  }

  return {
    name: 'key_file',
    isThere() {
      try {
        // One that is not there yet is made when something is sealed: looking writes nothing.
        readKey(file);
        return true;
      } catch {
        return false;
      }
    },
    seal: text => sealWithKey(key(), text),
    open: sealed => openWithKey(key(), sealed),
  };
}

/** Null when there is no file. A file that is no key is not replaced: what it sealed would be lost for good. */
function readKey(file: string): Buffer | null {
  try {
    const key = Buffer.from(readFileSync(file, 'utf8').trim(), 'base64url');
    if (key.byteLength !== sealingKeyBytes)
      throw new Error(`${file} is no key of ${sealingKeyBytes} bytes; put the right file back or remove it.`);
    return key;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}

function makeKey(file: string): Buffer {
  const key = newKey();
  writeFileSync(file, `${key.toString('base64url')}\n`, { mode: privateFileMode, flag: 'wx', flush: true });
  return key;
}
