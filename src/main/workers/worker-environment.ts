/**
 * What a worker may know of the environment. Each name has its reason:
 * the system's own folders without which a Windows process cannot load its libraries, the temporary folder, the time zone
 * and language for dates, and certificate authorities a company adds.
 *
 * SECURITY: tokens, keys and proxies with a password live in variables; a worker reads other people's bytes, so it gets
 * nothing that is not on this list. `NODE_OPTIONS` is not on it: it would load code into the worker.
 */
export const workerEnvironmentNames = [
  'SystemRoot',
  'windir',
  'TEMP',
  'TMP',
  'TMPDIR',
  'TZ',
  'LANG',
  'LC_ALL',
  'LC_TIME',
  'NODE_EXTRA_CA_CERTS',
  'SSL_CERT_FILE',
  'SSL_CERT_DIR',
] as const;

/** `extra` is for what the host itself wants a worker to know; it wins over the inherited value. */
export function workerEnvironment(
  inherited: Readonly<Record<string, string | undefined>>,
  extra: Readonly<Record<string, string>> = {},
): Record<string, string> {
  const allowed: Record<string, string> = {};
  for (const name of workerEnvironmentNames) {
    const value = inherited[name];
    if (value !== undefined) allowed[name] = value;
  }
  return { ...allowed, ...extra };
}
