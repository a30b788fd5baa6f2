/** Chromium's numbers for the network errors that a navigation can end with here (net/base/net_error_list.h). */
const NUMBERS: Readonly<Record<string, number>> = {
  ERR_FAILED: -2,
  ERR_ABORTED: -3,
  ERR_UNEXPECTED: -9,
  ERR_BLOCKED_BY_CLIENT: -20,
  ERR_BLOCKED_BY_RESPONSE: -27,
  ERR_CONNECTION_REFUSED: -102,
  ERR_NAME_NOT_RESOLVED: -105,
  ERR_ADDRESS_UNREACHABLE: -109,
  ERR_UNKNOWN_URL_SCHEME: -302,
};

/** `net::ERR_FAILED` → the two words that Electron reports; unknown ones count as ERR_FAILED. */
export function parseNetError(text: string): { name: string; number: number } {
  const name = text.replace(/^net::/, '');
  return { name, number: NUMBERS[name] ?? -2 };
}

/** What `loadURL` rejects with. */
export function loadError(text: string, url: string): Error & { code: string; errno: number; url: string } {
  const { name, number } = parseNetError(text);
  return Object.assign(new Error(`${name} (${number}) loading '${url}'`), { code: name, errno: number, url });
}
