import { readFile, writeFile } from 'node:fs/promises';
import type { TaskInput, TaskOutput } from '../../shared/contract/worker/tasks.ts';
import { synopsisVersion } from '../../shared/domain/synopsis.ts';
import { cardsText, studyCards } from '../../shared/export/study-cards.ts';
import { synopsisContent, type SynopsisContent } from '../../shared/export/synopsis-content.ts';
import { htmlOf } from '../../shared/export/synopsis-html.ts';
import { apkgOf } from './synopsis-apkg.ts';
import { bundleOf } from './synopsis-bundle.ts';
import { docxOf } from './synopsis-docx.ts';

type Input = TaskInput<'synopsis.file'>;

/** Writes one file of a finished synopsis; null where it has nothing for it. */
const writers: Readonly<Record<Input['format'], (content: SynopsisContent, input: Input) => Promise<Uint8Array | null>>> = {
  html: content => Promise.resolve(Buffer.from(htmlOf(content))),
  docx: docxOf,
  apkg: content => Promise.resolve(apkgOf(content)),
  cards: content => Promise.resolve(studyCards(content).length === 0 ? null : Buffer.from(cardsText(content))),
  bundle: (content, { bundle }) => bundleOf(content, bundle),
};

export async function writeSynopsisFile(input: Input): Promise<TaskOutput<'synopsis.file'>> {
  const version = synopsisVersion.parse(JSON.parse(await readFile(input.version, 'utf8')));
  const content = synopsisContent(version, input.language, ({ snapshotHash, page, start }) =>
    page === null ? (input.places[`${snapshotHash} ${start}`] ?? null) : null,
  );
  const bytes = await writers[input.format](content, input);
  if (bytes !== null) await writeFile(input.to, bytes, { flag: 'wx' });
  return { written: bytes !== null };
}
