import { createHash } from 'node:crypto';
import { documentByteLimit, needsVisionDetail } from '../../shared/domain/document.ts';
import { boundedPicture } from './bounded-picture.ts';
import { DocumentRefused } from './document-refused.ts';
import { readStart } from './original.ts';
import type { FormatReader } from './read-original.ts';
import { titleFromHeading } from './title-from-text.ts';

/**
 * A picture by itself: what a model reads on it, and what it shows.
 *
 * @throws DocumentRefused `no_text` without a model, or where it gives no answer, `damaged` or `too_large`; a `ModelFailure`
 */
export const readImage: FormatReader = async (original, builder, { look, report }) => {
  if (look === undefined) throw new DocumentRefused('no_text', needsVisionDetail);
  const bytes = await readStart(original, documentByteLimit);
  report({ phase: 'extracting', label: original.name.slice(0, 200) || null, done: null, total: null });
  const looked = await look({
    key: [createHash('sha256').update(bytes).digest('hex')],
    picture: () => boundedPicture(bytes),
    isNeeded: true,
  });
  if (looked.outcome !== 'read') throw new DocumentRefused('no_text', looked.outcome);
  for (const block of looked.blocks) builder.add(block);
  builder.warn('read_by_model', null, looked.model);
  const heading = looked.blocks.find(({ kind, level }) => kind === 'heading' && level === 1)?.text ?? null;
  return { title: titleFromHeading(heading), pageCount: null };
};
