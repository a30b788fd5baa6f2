import { spawn } from 'node:child_process';

/** Each system's own way to open an address in the person's browser; the address is an argument, never a shell's text. */
const openers: Partial<Readonly<Record<NodeJS.Platform, readonly [string, ...string[]]>>> = {
  darwin: ['open'],
  win32: ['rundll32', 'url.dll,FileProtocolHandler'],
  linux: ['xdg-open'],
};

/** Tries; a machine without a browser has the printed address. */
export function openBrowser(url: string): void {
  const opener = openers[process.platform];
  if (opener === undefined) return;
  const [command, ...args] = opener;
  const child = spawn(command, [...args, url], { stdio: 'ignore', detached: true });
  child.on('error', () => undefined);
  child.unref();
}
