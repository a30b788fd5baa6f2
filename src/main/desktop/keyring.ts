import { safeStorage } from 'electron';
import type { Sealer } from '../app/secrets/secrets.ts';

/**
 * The system's keyring: Keychain, DPAPI, libsecret or KWallet.
 * SECURITY: Linux without one has `basic_text`, a password that stands in Chromium's source; it counts as no keyring.
 */
export const keyring: Sealer = {
  name: 'keyring',
  isThere() {
    if (!safeStorage.isEncryptionAvailable()) return false;
    if (process.platform !== 'linux') return true;
    const backend = safeStorage.getSelectedStorageBackend();
    return backend !== 'basic_text' && backend !== 'unknown';
  },
  seal: text => safeStorage.encryptString(text),
  open: sealed => safeStorage.decryptString(sealed),
};
