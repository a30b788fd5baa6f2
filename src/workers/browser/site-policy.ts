/** Schemes that a task opens pages by. Everything else a page may be (`file:`, `chrome:`, `view-source:`) shows the person's own machine. */
const openedSchemes: ReadonlySet<string> = new Set(['http:', 'https:', 'ws:', 'wss:']);

const defaultPort: Readonly<Record<string, string>> = { 'http:': '80', 'ws:': '80', 'https:': '443', 'wss:': '443' };

/** Whether an address is one that a browser may be sent to at all. */
export function isWebAddress(url: URL): boolean {
  return openedSchemes.has(url.protocol) && url.username === '' && url.password === '';
}

/**
 * Whether a request goes to a site of the plan. An entry is `name`, for all its ports, or `name:port`; `*.name` stands for everything
 * below a name and for it, too. `www.` in front of a name makes no other site of it.
 */
export function isPlannedSite(url: URL, sites: readonly string[]): boolean {
  const port = url.port === '' ? (defaultPort[url.protocol] ?? '') : url.port;
  return sites.some(entry => {
    const site = parseEntry(entry);
    return site !== null && isHostOf(withoutWww(url.hostname), site) && (site.port === null || site.port === port);
  });
}

/** What a person reads as the site of an address, and what a plan would hold for it. */
export function siteOf(url: URL): string {
  return url.host;
}

interface Site {
  readonly host: string;
  readonly below: boolean;
  readonly port: string | null;
}

function parseEntry(entry: string): Site | null {
  const below = entry.startsWith('*.');
  const parsed = URL.parse(`http://${below ? entry.slice(2) : entry}`);
  // A path, a query or a name before `@` is no site: nothing is let through for it.
  if (parsed === null || parsed.pathname !== '/' || parsed.search !== '' || parsed.username !== '') return null;
  const port = /:(\d+)$/u.exec(entry)?.[1] ?? null;
  return { host: withoutWww(parsed.hostname), below, port };
}

function isHostOf(host: string, { host: site, below }: Site): boolean {
  return host === site || (below && host.endsWith(`.${site}`));
}

const withoutWww = (host: string): string => (host.startsWith('www.') ? host.slice(4) : host);
