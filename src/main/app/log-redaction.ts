import { documentErrorCode } from '../../shared/domain/document.ts';

/**
 * SECURITY: the one place that decides what of a log entry is written. An entry may hold ids, kinds, codes, counts and
 * durations. It may not hold what a document or a message says, and errors quote what they stumbled over, so no error's
 * message is written: its type, its codes and where in the program it came from are.
 */

/** Ids, hashes, kinds, codes, routes, versions: one run of ASCII without a blank, and no address. */
const codeLike = /^(?!.*:\/\/)[\w.:/@+-]{1,128}$/u;
/** `https:` of an address; where it leads is the person's business. */
const schemeOf = /^([a-z][a-z0-9+.-]{0,20}:)\/\//u;
/** Result codes of SQLite and of the operating system, wherever they stand. */
const systemCodes = /\b(?:SQLITE_[A-Z_]{2,40}|E[A-Z]{3,15})\b/gu;
/** What SQLite says in fixed words; its other sentences name values. */
const fixedSentences =
  /^(?:database is locked|database table is locked|database or disk is full|attempt to write a readonly database|disk I\/O error|database disk image is malformed|file is not a database|unable to open database file|interrupted|out of memory)\b/u;
/** A frame of V8's stack trace: the function, then the module with line and column. */
const stackFrame =
  /^\s*at (?:(?<name>[\w$.<># [\]]{1,100}) \()?(?<file>(?:node:[\w/]+|[^()]*\.[cm]?[jt]s)):(?<line>\d+):(?<column>\d+)\)?$/u;
/** What stands before a colon at the beginning of a line, where it is an error's type or may be a code. */
const lineHead = /^(?:Uncaught )?(?:(?<type>[A-Z]\w{0,60}(?:Error|Exception))|(?<code>[a-z_]{1,64}))(?=:|$)/u;
/** V8's last words when the heap is full. */
const heapFull = /JavaScript heap out of memory/u;

/** Enough of a stack to find the place. */
const framesAtMost = 12;
const itemsAtMost = 20;
const depthAtMost = 4;
/** Longer than every sentence of the program. */
const sentenceChars = 300;

/** A sentence of the program, without what follows its colon or stands in quotes. */
export function redactSentence(message: string): string {
  const at = message.search(/:(?:\s|$)/u);
  const head = (at === -1 ? message : message.slice(0, at)).slice(0, sentenceChars);
  const safe = head.replace(/["«“`].*?(?:["»”`]|$)/gu, '…').replace(/[^\p{ASCII}’…–]+/gu, '…');
  if (at === -1) return safe;
  const tail = message.slice(at + 1).trim();
  return `${safe}: ${fixedSentences.exec(tail)?.[0] ?? (tail.match(systemCodes) ?? []).slice(0, 3).concat('…').join(' ')}`;
}

/** The fields of an entry. Whatever is neither a number, a flag nor a code is told by its length alone. */
export function redactFields(fields: object): Record<string, unknown> {
  return fields instanceof Error ? { err: redactError(fields, 0) } : (redactValue(fields, 0) as Record<string, unknown>);
}

function redactValue(value: unknown, depth: number): unknown {
  if (value === null || typeof value === 'number' || typeof value === 'boolean' || value === undefined) return value;
  if (typeof value === 'string') return redactText(value);
  if (typeof value !== 'object') return typeof value;
  if (value instanceof Error) return redactError(value, depth);
  if (depth === depthAtMost) return '[…]';
  if (Array.isArray(value)) return value.slice(0, itemsAtMost).map(item => redactValue(item, depth + 1));
  return Object.fromEntries(
    Object.entries(value)
      .slice(0, itemsAtMost)
      .map(([key, item]) => [codeLike.test(key) ? key : '…', redactValue(item, depth + 1)]),
  );
}

/** One word is a code; more than that, from a worker or a library, keeps its stack frames and the heads of its lines. */
function redactText(text: string): string {
  if (codeLike.test(text)) return text;
  const scheme = schemeOf.exec(text)?.[1];
  if (scheme !== undefined) return `${scheme}…`;
  const kept = text.split('\n', 200).flatMap(line => {
    const frame = redactFrame(line);
    if (frame !== null) return frame;
    if (heapFull.test(line)) return 'JavaScript heap out of memory';
    const { type, code } = lineHead.exec(line)?.groups ?? {};
    return type ?? documentErrorCode.safeParse(code).data ?? [];
  });
  return [`[${text.length} characters]`, ...kept.slice(0, framesAtMost)].join(' ');
}

/** The function and the file's own name: a whole path says where the person keeps things. */
function redactFrame(line: string): string | null {
  const { name, file, line: row, column } = stackFrame.exec(line)?.groups ?? {};
  if (file === undefined) return null;
  const place = `${file.slice(Math.max(file.lastIndexOf('/'), file.lastIndexOf('\\')) + 1)}:${row}:${column}`;
  return name === undefined ? `at ${place}` : `at ${name} (${place})`;
}

function redactError(error: Error, depth: number): Record<string, unknown> {
  const given = error as Error & { readonly code?: unknown; readonly syscall?: unknown };
  const known = { type: error.name, code: given.code, syscall: given.syscall };
  const codes = Object.entries(known).filter(
    ([, value]) => typeof value === 'number' || (typeof value === 'string' && codeLike.test(value)),
  );
  const at = (error.stack ?? '').split('\n').flatMap(line => redactFrame(line) ?? []);
  return {
    ...Object.fromEntries(codes),
    ...(fixedSentences.test(error.message) ? { message: fixedSentences.exec(error.message)?.[0] } : {}),
    at: at.slice(0, framesAtMost),
    ...(error.cause instanceof Error && depth < depthAtMost ? { cause: redactError(error.cause, depth + 1) } : {}),
    ...(error instanceof AggregateError && depth < depthAtMost
      ? { errors: error.errors.slice(0, itemsAtMost).map(each => redactValue(each, depth + 1)) }
      : {}),
  };
}
