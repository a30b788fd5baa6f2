import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { redactFields, redactSentence } from '../log-redaction.ts';

/** Some hours of ordinary work, and short enough to be read through before it is given away. */
const linesAtMost = 400;
/** The newest file and the one before it: the newest may have been begun a minute ago. */
const files = ['konspekt.1.log', 'konspekt.log'] as const;

/**
 * The end of the log. SECURITY: what is written there was redacted when it was written; it is redacted again here, since the
 * file may have been written by an older build, and a line that is none of ours is left out.
 */
export function lastLogLines(dataDir: string): string[] {
  return files
    .flatMap(name => linesOf(join(dataDir, 'logs', name)))
    .slice(-linesAtMost)
    .flatMap(redactLine);
}

function linesOf(file: string): string[] {
  try {
    return readFileSync(file, 'utf8').split('\n').filter(Boolean);
  } catch {
    return [];
  }
}

function redactLine(line: string): string[] {
  try {
    const entry: unknown = JSON.parse(line);
    if (typeof entry !== 'object' || entry === null || Array.isArray(entry)) return [];
    const { msg, ...fields } = entry as Record<string, unknown>;
    return [JSON.stringify({ ...redactFields(fields), msg: typeof msg === 'string' ? redactSentence(msg) : '' })];
  } catch {
    return [];
  }
}
