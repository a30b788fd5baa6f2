import type { Client } from '../../shared/contract/client.ts';
import type { SessionId } from '../../shared/domain/ids.ts';
import type { Language } from '../../shared/domain/language.ts';
import type { VersionHead } from '../../shared/domain/synopsis.ts';
import { formatOfName } from '../../shared/export/file-formats.ts';
import type { CommandContext } from './command-context.ts';
import { exitCodes, type ExitCode } from './exit-codes.ts';
import type { OutputFile } from './output-file.ts';
import { unwrap } from './unwrap.ts';

export interface Delivery {
  readonly client: Client;
  readonly context: Pick<CommandContext, 'words' | 'out' | 'err'>;
  readonly sessionId: SessionId;
  readonly version: VersionHead;
  /** Null heads it in the language of the version. */
  readonly language: Language | null;
  readonly file: OutputFile;
  /** The file as it was typed, which is how it is named to the person. */
  readonly fileAsGiven: string | null;
}

/**
 * Hands over a finished synopsis and names its shortcomings. The file is written before anything is said: a
 * program that ends in between is followed by another, which does this again, and the person is to be told once.
 */
export async function deliverSynopsis({ client, context, sessionId, version, language, file, fileAsGiven }: Delivery): Promise<ExitCode> {
  const { words, out, err } = context;
  const { versions } = unwrap(await client.call('synopses.open', { sessionId, versionId: version.id }), words);
  const wanted = { versionId: version.id, language: language ?? version.language };
  const format = (file === null ? null : formatOfName(file)) ?? 'markdown';
  if (file === null) {
    out.write(unwrap(await client.call('synopses.exportMarkdown', wanted), words).markdown);
  } else {
    unwrap(await client.call('files.write', { ...wanted, format, path: file }), words);
    err.write(`${words.written(fileAsGiven ?? file)}\n`);
  }
  const issues = versions.find(head => head.id === version.id)?.issues ?? [];
  for (const issue of issues) err.write(`${words.issues[issue.code](issue.count)}\n`);
  return issues.length === 0 ? exitCodes.done : exitCodes.issues;
}
