import type { Diagnostics } from '../contract/diagnostics.ts';

/** The bundle as the one text file that is saved: each part under its name. */
export function diagnosticsText({ parts }: Pick<Diagnostics, 'parts'>): string {
  return parts.map(({ name, text }) => `=== ${name} ===\n${text}\n`).join('\n');
}
