/**
 * Chromium cannot be taught a scheme from outside, so a page of `app://main/x` is served at `https://main.app.invalid/x`: a
 * secure origin of its own that can never be a real host (RFC 6761 reserves `.invalid`). The app never sees that
 * form: what it is told is mapped back here.
 */
const schemes = new Set<string>();

/** From now on `scheme://host/…` is a page address of its own. */
export function registerPageScheme(scheme: string): void {
  schemes.add(scheme);
}

export function isPageScheme(scheme: string): boolean {
  return schemes.has(scheme);
}

/** The app's address → the one that Chromium is given. Others pass unchanged. */
export function toPageUrl(url: string): string {
  const parts = /^([a-z][a-z0-9+.-]*):\/\/([^/?#]*)(.*)$/is.exec(url);
  const [, scheme = '', host = '', rest = ''] = parts ?? [];
  return schemes.has(scheme.toLowerCase()) ? `https://${host}.${scheme.toLowerCase()}.invalid${rest === '' ? '/' : rest}` : url;
}

/** Chromium's address → the app's. Others pass unchanged. */
export function toAppUrl(url: string): string {
  const parts = /^https:\/\/([^/?#]+)\.([a-z0-9+-]+)\.invalid(?=[/?#]|$)(.*)$/is.exec(url);
  const [, host = '', scheme = '', rest = ''] = parts ?? [];
  return schemes.has(scheme) ? `${scheme}://${host}${rest}` : url;
}

/** The origin that Electron reports for an address: `app://main`, or what the URL Standard says. */
export function appOrigin(url: string): string {
  const parts = /^([a-z][a-z0-9+.-]*):\/\/([^/?#]*)/i.exec(toAppUrl(url));
  const [, scheme = '', host = ''] = parts ?? [];
  if (schemes.has(scheme)) return `${scheme}://${host}`;
  return URL.canParse(url) ? new URL(url).origin : 'null';
}

/** A header value that names the app's scheme (a CSP source, a `Location`), as Chromium has to read it. */
export function toPageHeader(value: string): string {
  let mapped = value;
  for (const scheme of schemes) {
    mapped = mapped
      .replace(new RegExp(`(?<![\\w.+-])${scheme}://([\\w.-]+)`, 'gi'), (_match, host: string) => `https://${host}.${scheme}.invalid`)
      .replace(new RegExp(`(?<![\\w.+-])${scheme}:(?=[\\s;,]|$)`, 'gi'), `https://*.${scheme}.invalid`);
  }
  return mapped;
}
