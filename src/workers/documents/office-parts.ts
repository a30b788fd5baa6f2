import { resolveEntry, type Archive } from './archive.ts';
import { attributeOf, readXml } from './read-xml.ts';
import { readXmlFacts } from './xml-facts.ts';

const coreEntry = 'docProps/core.xml';

export interface OfficeFacts {
  readonly title: string | null;
  readonly authors: readonly string[];
  readonly date: string | null;
}

/** What an Office Open XML document says of itself (ECMA-376 part 2, core properties). */
export async function readOfficeFacts(archive: Archive, signal: AbortSignal): Promise<OfficeFacts> {
  const facts = await readXmlFacts(archive, coreEntry, signal);
  return {
    title: facts['title']?.trim() || null,
    // Programs part several names by semicolons.
    authors: (facts['creator'] ?? '').split(';'),
    date: facts['created']?.trim() || facts['modified']?.trim() || null,
  };
}

export interface Relation {
  readonly id: string;
  /** The last word of its type: `slide`, `worksheet`, `notesSlide`. */
  readonly type: string;
  /** The entry it leads to; null for one outside. */
  readonly entry: string | null;
}

/** What a part of the document refers to. */
export async function readRelations(archive: Archive, part: string, signal: AbortSignal): Promise<Relation[]> {
  const slash = part.lastIndexOf('/');
  const entry = `${part.slice(0, slash + 1)}_rels/${part.slice(slash + 1)}.rels`;
  const relations: Relation[] = [];
  if (!archive.has(entry)) return relations;
  await readXml(
    archive.chunks(entry),
    {
      open(name, attributes) {
        if (name !== 'Relationship') return;
        const isOutside = attributes['TargetMode'] === 'External';
        relations.push({
          id: attributes['Id'] ?? '',
          type: /[^/]*$/u.exec(attributes['Type'] ?? '')?.[0] ?? '',
          entry: isOutside ? null : resolveEntry(part, attributeOf(attributes, 'Target') ?? ''),
        });
      },
    },
    { signal },
  );
  return relations;
}
