/** Prints every section the built-in engine makes of a text file: `node test/bench/quality/show.ts FILE [detail]`. */
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { detailLevel, sectionKinds } from '../../../src/shared/domain/synopsis.ts';
import { makeSection } from '../../../src/workers/extractive/make-section.ts';
import { prepareSources } from '../../../src/workers/extractive/prepare-sources.ts';
import { plainSource } from './plain-source.ts';
import { REFERENCE_MARK } from './read-set.ts';

const [file, level = 'standard'] = process.argv.slice(2);
if (file === undefined) throw new Error('Name a text file: node test/bench/quality/show.ts FILE [short|standard|full]');
const detail = detailLevel.parse(level);
const [text = ''] = readFileSync(file, 'utf8').split(REFERENCE_MARK);
const source = plainSource(basename(file), text);
const prepared = prepareSources([source], source.snapshot.language ?? 'en');

for (const kind of sectionKinds) {
  const section = makeSection(kind, prepared, { detail });
  console.log(`\n## ${kind}${section.emptyReason === null ? '' : ` (${section.emptyReason})`}`);
  for (const item of section.items) {
    const marks = Object.entries(item)
      .filter(([name]) => name !== 'id' && name !== 'text' && name !== 'citations')
      .map(([name, value]) => `${name}=${JSON.stringify(value)}`);
    console.log(`- ${item.text}${marks.length === 0 ? '' : `\n    ${marks.join(' · ')}`}`);
  }
}
