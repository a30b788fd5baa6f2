import { noFilter, type LibraryFilter } from '../domain/library.ts';
import { location, nowhereCharLimit, type Destination, type Location } from './app.ts';

/**
 * Places of the window as text: what is copied, written into notes and handed over by the system. An address names a place
 * and nothing else, so opening one never runs, approves or changes anything.
 */
export const addressScheme = 'konspekt';

/** The longest that is written, a library's with a search in letters of nine characters each, has room; a longer one is none. */
export const addressCharLimit = 4_096;

/** Read by hand, as engines disagree on hosts and paths of schemes of programs; some browsers add the slash at the end. */
const shape = /^konspekt:\/\/([a-z]+(?:\/[A-Za-z0-9_-]+)*)\/?(?:\?([^#\s]*))?$/u;
const schemeStart = /^konspekt:/iu;

/** Whether a link is meant for the program, be it right or not. */
export function isMeantForProgram(text: string): boolean {
  return schemeStart.test(text);
}

export function formatAddress(place: Location): string {
  const { path, query } = partsOf(place);
  const asked = query.flatMap(([name, value]) => (value === null ? [] : [`${name}=${encodeURIComponent(value.toWellFormed())}`])).join('&');
  return `${addressScheme}://${path.join('/')}${asked === '' ? '' : `?${asked}`}`;
}

interface Parts {
  readonly path: readonly string[];
  /** What is null is left out. */
  readonly query: readonly (readonly [string, string | null])[];
}

function partsOf(place: Location): Parts {
  switch (place.kind) {
    case 'session':
      return { path: ['chat', place.sessionId], query: [] };
    case 'message':
      return { path: ['chat', place.sessionId, 'message', place.messageId], query: [] };
    case 'document':
      return { path: ['chat', place.sessionId, 'document', place.documentId], query: [] };
    case 'synopsis':
      return { path: synopsisPath(place), query: [] };
    case 'section':
      return { path: synopsisPath(place), query: [['section', place.section]] };
    case 'passage':
      return {
        path: ['source', place.snapshotHash],
        query: [
          ['chat', place.sessionId],
          ['document', place.documentId],
          ['start', String(place.start)],
          ['end', String(place.end)],
        ],
      };
    case 'job':
      return { path: ['job', place.jobId], query: [] };
    case 'notices':
    case 'schedules':
      return { path: [place.kind], query: [] };
    case 'settings':
      return { path: ['settings', place.page], query: [] };
    case 'library': {
      const { template, language, withIssues, isStale, tag } = place.filter;
      return {
        path: ['library'],
        query: [
          ['search', place.search === '' ? null : place.search],
          ['template', template],
          ['language', language],
          ['issues', withIssues ? 'yes' : null],
          ['stale', isStale ? 'yes' : null],
          ['tag', tag],
        ],
      };
    }
  }
}

const synopsisPath = (place: Extract<Location, { kind: 'synopsis' | 'section' }>): readonly string[] => [
  'synopsis',
  place.sessionId,
  ...(place.versionId === null ? [] : ['version', place.versionId]),
];

/** SECURITY: anybody may have written it. Null is no address of ours; it never throws, and what it gives is checked whole. */
export function parseAddress(text: string): Location | null {
  if (text.length > addressCharLimit) return null;
  const [, path = '', query = ''] = shape.exec(text.replace(schemeStart, `${addressScheme}:`)) ?? [];
  const parts = path.split('/');
  const asked = readQuery(query);
  if (asked === null) return null;
  const [first = ''] = parts;
  // A word of a stranger must not find what every object has.
  const read = Object.hasOwn(readers, first) ? readers[first]?.(parts.slice(1), asked) : undefined;
  if (read === undefined) return null;
  const checked = location.safeParse(read.place);
  const isWhole = [...asked.keys()].every(name => read.asks.includes(name));
  return checked.success && isWhole ? checked.data : null;
}

type Asked = ReadonlyMap<string, string>;

/** Null where a name stands twice or a value is not encoded as it should be. */
function readQuery(query: string): Asked | null {
  const asked = new Map<string, string>();
  for (const pair of query === '' ? [] : query.split('&')) {
    const [name = '', ...rest] = pair.split('=');
    if (asked.has(name)) return null;
    try {
      asked.set(name, decodeURIComponent(rest.join('=')));
    } catch {
      return null;
    }
  }
  return asked;
}

interface Read {
  /** Not checked yet. */
  readonly place: unknown;
  /** The names it may have in its query, each once. */
  readonly asks: readonly string[];
}

const offset = (text: string | null): number => (text !== null && /^\d{1,15}$/u.test(text) ? Number(text) : Number.NaN);
/** Anything but the one word or nothing is checked as what it is, and refused. */
const flag = (text: string | null): unknown => (text === null ? false : text === 'yes' ? true : text);

/** By the first word of an address. Undefined has no such form. */
const readers: Readonly<Partial<Record<string, (rest: readonly string[], asked: Asked) => Read | undefined>>> = {
  chat([chat, what, id, ...more]) {
    if (more.length > 0 || (what !== undefined && id === undefined)) return undefined;
    if (what === undefined) return { place: { kind: 'session', sessionId: chat }, asks: [] };
    if (what === 'message') return { place: { kind: 'message', sessionId: chat, messageId: id }, asks: [] };
    if (what === 'document') return { place: { kind: 'document', sessionId: chat, documentId: id }, asks: [] };
    return undefined;
  },
  synopsis([chat, what, id, ...more], asked) {
    if (more.length > 0 || (what !== undefined && (what !== 'version' || id === undefined))) return undefined;
    const of = { sessionId: chat, versionId: id ?? null };
    const section = asked.get('section') ?? null;
    return { place: section === null ? { kind: 'synopsis', ...of } : { kind: 'section', ...of, section }, asks: ['section'] };
  },
  source([hash, ...more], asked) {
    if (more.length > 0) return undefined;
    const [start, end] = [offset(asked.get('start') ?? null), offset(asked.get('end') ?? null)];
    return {
      place: {
        kind: 'passage',
        sessionId: asked.get('chat') ?? null,
        snapshotHash: hash,
        documentId: asked.get('document') ?? null,
        start,
        end,
      },
      asks: ['chat', 'document', 'start', 'end'],
    };
  },
  job: ([id, ...more]) => (more.length > 0 ? undefined : { place: { kind: 'job', jobId: id }, asks: [] }),
  notices: more => (more.length > 0 ? undefined : { place: { kind: 'notices' }, asks: [] }),
  schedules: more => (more.length > 0 ? undefined : { place: { kind: 'schedules' }, asks: [] }),
  settings: ([page, ...more]) => (more.length > 0 ? undefined : { place: { kind: 'settings', page }, asks: [] }),
  library(more, asked) {
    if (more.length > 0) return undefined;
    const filter: Record<keyof LibraryFilter, unknown> = {
      ...noFilter,
      template: asked.get('template') ?? null,
      language: asked.get('language') ?? null,
      withIssues: flag(asked.get('issues') ?? null),
      isStale: flag(asked.get('stale') ?? null),
      tag: asked.get('tag') ?? null,
    };
    return {
      place: { kind: 'library', search: asked.get('search') ?? '', filter },
      asks: ['search', 'template', 'language', 'issues', 'stale', 'tag'],
    };
  },
};

/** Where a link of anybody's leads. What is no address is told by its beginning. */
export function destinationOf(text: string): Destination {
  return parseAddress(text) ?? { kind: 'nowhere', text: text.slice(0, nowhereCharLimit) };
}
