import { win32 } from 'node:path';

interface Surroundings {
  readonly platform: NodeJS.Platform;
  /** Whether a file is there. */
  readonly isFile: (path: string) => boolean;
  /** As a process has it; names in any case on Windows. */
  readonly env: Readonly<Record<string, string>>;
}

/** Where npm keeps what its command scripts run, beside `node.exe`. From the layout of Node's own installer. */
const scripts: Readonly<Record<string, string>> = {
  npx: 'node_modules\\npm\\bin\\npx-cli.js',
  npm: 'node_modules\\npm\\bin\\npm-cli.js',
};

/**
 * The program and arguments to start without a shell. On Windows `npx` is a command script, which only a shell can run, and
 * a shell would read the arguments anew (CVE-2024-27980): there `node.exe` is given what the script would have run.
 * Anything else is left as it is; a `.cmd` or `.bat` then cannot be started, and the person is told so.
 */
export function shellFreeCommand(
  command: string,
  args: readonly string[],
  { platform, isFile, env }: Surroundings,
): { readonly command: string; readonly args: readonly string[] } {
  const script = platform === 'win32' ? scripts[command.toLowerCase().replace(/\.cmd$/u, '')] : undefined;
  if (script === undefined) return { command, args };
  const path = Object.entries(env).find(([name]) => name.toUpperCase() === 'PATH')?.[1] ?? '';
  for (const folder of path.split(';')) {
    const node = win32.join(folder, 'node.exe');
    const cli = win32.join(folder, script);
    if (folder !== '' && isFile(node) && isFile(cli)) return { command: node, args: [cli, ...args] };
  }
  return { command, args };
}
