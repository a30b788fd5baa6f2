/**
 * Whether an address matches a Chromium match pattern (`<all_urls>`, `https://*.example.com/*`, `app://main/*`), the
 * language of `webRequest` filters. https://developer.chrome.com/docs/extensions/develop/concepts/match-patterns
 * Electron also takes any scheme and patterns without a path.
 * @throws when the pattern is not one.
 */
export function matchesUrlPattern(pattern: string, url: string): boolean {
  if (pattern === '<all_urls>') return /^(https?|wss?|ftp|file|data|chrome-extension):/.test(url);
  const parts = /^(\*|[a-z][a-z0-9+.-]*):\/\/([^/]*)(\/.*)?$/i.exec(pattern);
  if (parts === null) throw new TypeError(`Invalid url pattern ${pattern}: it has no scheme and host.`);
  const [, scheme = '', host = '', path = '/*'] = parts;
  const actual = /^([a-z][a-z0-9+.-]*):\/\/([^/?#]*)([^#]*)/i.exec(url);
  if (actual === null) return false;
  const [, actualScheme = '', actualHost = '', actualPath = ''] = actual;
  const schemeFits = scheme === '*' ? /^https?$/.test(actualScheme) : scheme === actualScheme;
  const hostName = actualHost.replace(/:\d+$/, '');
  const hostFits =
    host === '*' ||
    host === actualHost ||
    host === hostName ||
    (host.startsWith('*.') && (hostName === host.slice(2) || hostName.endsWith(host.slice(1))));
  return schemeFits && hostFits && glob(path).test(actualPath === '' ? '/' : actualPath);
}

const glob = (text: string): RegExp =>
  new RegExp(
    `^${text
      .split('*')
      .map(part => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'))
      .join('.*')}$`,
  );
