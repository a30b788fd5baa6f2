import { isAbsolute, join } from 'node:path';

/** Where a Linux desktop looks for what it starts with the session: https://specifications.freedesktop.org/autostart-spec */
export function autostartFolder(env: Readonly<Record<string, string | undefined>>, home: string): string {
  const config = env['XDG_CONFIG_HOME'];
  // The specification of base directories has relative paths ignored.
  return join(config !== undefined && isAbsolute(config) ? config : join(home, '.config'), 'autostart');
}

/** The desktop entry that starts this command: https://specifications.freedesktop.org/desktop-entry-spec, "The Exec key". */
export function autostartEntry(command: readonly string[]): string {
  return `[Desktop Entry]\nType=Application\nName=Konspekt\nExec=${command.map(quoted).join(' ')}\nTerminal=false\n`;
}

/** Quoted as an argument, then escaped as a string value of the file, where a backslash is one of its own; a percent sign would begin a field code. */
function quoted(argument: string): string {
  return `"${argument
    .replace(/["`$\\]/gu, '\\$&')
    .replaceAll('\\', '\\\\')
    .replaceAll('%', '%%')}"`;
}
