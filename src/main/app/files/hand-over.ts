import { randomUUID } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Store } from '../../store/store.ts';
import type { OfferedFiles } from './offered-files.ts';

/** A file that is made of what the program knows, small enough to be held in memory. */
export interface TextFile {
  readonly fileName: string;
  readonly text: string;
  readonly mediaType: string;
}

/** Puts a text where a page of this host fetches it from, for some minutes; a browser saves what has an address more surely than bytes of the page. */
export async function offerText(
  { fileName, text, mediaType }: TextFile,
  { store, offers }: { readonly store: Pick<Store, 'staging'>; readonly offers: Pick<OfferedFiles, 'offer'> },
): Promise<{ readonly fileName: string; readonly urlPath: string }> {
  const owner = randomUUID();
  const path = join(store.staging.folderOf(owner), 'file');
  const release = () => store.staging.release(owner);
  try {
    await writeFile(path, text);
  } catch (error) {
    await release();
    throw error;
  }
  return { fileName, urlPath: offers.offer({ path, fileName, mediaType }, () => void release()) };
}
