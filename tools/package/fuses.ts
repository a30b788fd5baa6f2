import type { Configuration } from 'electron-builder';

/**
 * Switches inside Electron's binary, set when it is packaged and read back afterwards. Every one that Electron 45 has is stated, so that
 * none keeps a default that a later version may change.
 */
export const fuses = {
  // SECURITY: nobody makes a plain Node out of the signed program, from the environment or the command line.
  runAsNode: false,
  enableNodeOptionsEnvironmentVariable: false,
  enableNodeCliInspectArguments: false,
  // SECURITY: the archive is checked against the hash in the binary, and nothing but the archive is loaded.
  enableEmbeddedAsarIntegrityValidation: true,
  onlyLoadAppFromAsar: true,
  enableCookieEncryption: true,
  // Pages come through the program's own scheme; a file address has no more rights than any other.
  grantFileProtocolExtraPrivileges: false,
  // There is no snapshot of the main process's own.
  loadBrowserProcessSpecificV8Snapshot: false,
} as const satisfies NonNullable<Configuration['electronFuses']>;
