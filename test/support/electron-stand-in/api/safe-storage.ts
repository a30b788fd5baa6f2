import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';
import { modelled } from '../modelled.ts';
import { runtime } from '../runtime.ts';
import { app } from './app.ts';

type Backend = ReturnType<Electron.SafeStorage['getSelectedStorageBackend']>;
type Modelled = Pick<
  Electron.SafeStorage,
  | 'isEncryptionAvailable'
  | 'encryptString'
  | 'decryptString'
  | 'getSelectedStorageBackend'
  | 'setUsePlainTextEncryption'
  | 'isAsyncEncryptionAvailable'
  | 'encryptStringAsync'
  | 'decryptStringAsync'
>;

/** Chromium's own prefixes: v10 under a fixed password, v11 under a key from the keyring. */
const PREFIXES = { weak: 'v10', strong: 'v11' } as const;
const PREFIX_BYTES = 3;
/** AES-GCM's recommended nonce and its full tag (NIST SP 800-38D). */
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const CANNOT_DECRYPT = 'Error while decrypting the ciphertext provided to safeStorage.decryptString.';
/** The fixed secrets stand for a key store that outlives the program. They protect nothing and claim nothing. */
const key = (prefix: string): Buffer => createHash('sha256').update(`konspekt stand-in ${prefix}`).digest();

let plainTextAllowed = false;

/**
 * Which keyring there is: `--password-store=…` as on Electron (Playwright always says `basic`), or KONSPEKT_STANDIN_KEYRING
 * (`gnome_libsecret`, `kwallet6`, `basic_text`, `unknown`), which wins.
 */
function backend(): Backend {
  if (!runtime.isReady) return 'unknown';
  const named = process.env['KONSPEKT_STANDIN_KEYRING'];
  if (named !== undefined && named !== '') return named as Backend;
  const store = app.commandLine.getSwitchValue('password-store');
  const known: Record<string, Backend> = {
    'gnome-libsecret': 'gnome_libsecret',
    kwallet: 'kwallet',
    kwallet5: 'kwallet5',
    kwallet6: 'kwallet6',
  };
  return known[store] ?? 'basic_text';
}

const isAvailable = (): boolean => {
  const selected = backend();
  return selected === 'basic_text' ? plainTextAllowed : selected !== 'unknown';
};

function encrypt(text: string): Buffer {
  if (!isAvailable())
    throw new Error('Error while encrypting the text provided to safeStorage.encryptString. Encryption is not available.');
  const prefix = backend() === 'basic_text' ? PREFIXES.weak : PREFIXES.strong;
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', key(prefix), nonce);
  const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  return Buffer.concat([Buffer.from(prefix), nonce, cipher.getAuthTag(), body]);
}

function decrypt(encrypted: Buffer): string {
  if (!isAvailable())
    throw new Error('Error while decrypting the ciphertext provided to safeStorage.decryptString. Decryption is not available.');
  const prefix = encrypted.subarray(0, PREFIX_BYTES).toString();
  if (prefix !== PREFIXES.weak && prefix !== PREFIXES.strong) throw new Error(CANNOT_DECRYPT);
  const tagStart = PREFIX_BYTES + NONCE_BYTES;
  try {
    const decipher = createDecipheriv('aes-256-gcm', key(prefix), encrypted.subarray(PREFIX_BYTES, tagStart));
    decipher.setAuthTag(encrypted.subarray(tagStart, tagStart + TAG_BYTES));
    return Buffer.concat([decipher.update(encrypted.subarray(tagStart + TAG_BYTES)), decipher.final()]).toString('utf8');
  } catch {
    throw new Error(CANNOT_DECRYPT);
  }
}

export const safeStorage: Modelled = modelled<Modelled>('safeStorage', {
  isEncryptionAvailable: isAvailable,
  getSelectedStorageBackend: backend,
  setUsePlainTextEncryption: usePlainText => void (plainTextAllowed = usePlainText),
  encryptString: encrypt,
  decryptString: decrypt,
  isAsyncEncryptionAvailable: async () => isAvailable(),
  encryptStringAsync: async text => encrypt(text),
  decryptStringAsync: async encrypted => ({ result: decrypt(encrypted), shouldReEncrypt: false }),
});
