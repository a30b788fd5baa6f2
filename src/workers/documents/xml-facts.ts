import type { Archive } from './archive.ts';
import { readXml } from './read-xml.ts';

/** The text of each element of an entry by the element's name, as files of metadata have it; empty without the entry. */
export async function readXmlFacts(archive: Archive, entry: string, signal: AbortSignal): Promise<Readonly<Record<string, string>>> {
  const facts: Record<string, string> = {};
  if (!archive.has(entry)) return facts;
  let inside: string | null = null;
  await readXml(
    archive.chunks(entry),
    {
      open(name) {
        inside = name;
      },
      text(text) {
        if (inside !== null) facts[inside] = (facts[inside] ?? '') + text;
      },
      close() {
        inside = null;
      },
    },
    { signal },
  );
  return facts;
}
