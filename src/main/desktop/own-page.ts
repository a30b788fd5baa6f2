export const scheme = 'app';
export const pageHost = 'main';
export const pageOrigin = `${scheme}://${pageHost}`;
export const pageAddress = `${pageOrigin}/index.html`;

/** Whether an address is the window's page, at any place in it. */
export function isOwnPage(url: string): boolean {
  return url === pageAddress || url.startsWith(`${pageAddress}#`) || url.startsWith(`${pageAddress}?`);
}

/** SECURITY: what a page may load: files of the window and what the page itself made or spelled out. `devtools:` is Chromium's own. */
export function mayLoad(url: string): boolean {
  return url.startsWith(`${pageOrigin}/`) || /^(?:blob|data|devtools):/u.test(url);
}
