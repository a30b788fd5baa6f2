/** Keeps words of a login out of everything that leaves a session, however a page has written them. */
export interface SecretCover {
  text(text: string): string;
  /** The same in every text of a value, its keys too. */
  deep<T>(value: T): T;
  /** Words that pictures cover, too. */
  readonly words: readonly string[];
}

/**
 * Characters from which on the name of a user is covered. A shorter one is part of every other word, and the gaps would tell it.
 * A password is covered whatever its length.
 */
const shortestUser = 3;
/** Characters of base64 that are looked for at least: fewer stand everywhere by chance. */
const shortestCode = 4;

const named: Readonly<Record<string, string>> = { '&': 'amp', '<': 'lt', '>': 'gt', '"': 'quot', "'": 'apos' };

/** What stands in the place of a secret. */
export const coverOf = (name: string): string => `‹secret: ${name}›`;

/**
 * SECURITY: each character is looked for in every way that pages, addresses and records write it (as it is, RFC 3986 percent-encoding
 * once or more, character references of HTML, escapes of JSON, doubled quotes of YAML), mixed as they like; and the whole in base64 (RFC 4648,
 * both alphabets), also within a longer code.
 */
export function createSecretCover(secrets: Readonly<Partial<Record<'user' | 'password', string | null>>>): SecretCover {
  const known = Object.entries(secrets)
    .flatMap(([name, words]) =>
      words === null || words === undefined || words.trim() === '' || (name === 'user' && words.length < shortestUser)
        ? []
        : [{ name, words }],
    )
    // A longer one may hold a shorter one.
    .sort((a, b) => b.words.length - a.words.length);
  const looked = known.map(({ name, words }) => ({
    cover: coverOf(name),
    pattern: new RegExp([...codesOf(words), writtenAs(words)].join('|'), 'gu'),
  }));

  function text(given: string): string {
    let clean = given;
    for (const { cover, pattern } of looked) clean = clean.replaceAll(pattern, () => cover);
    return clean;
  }
  function deep(value: unknown): unknown {
    if (typeof value === 'string') return text(value);
    if (Array.isArray(value)) return value.map(deep);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, each]) => [text(key), deep(each)]));
  }
  return {
    text,
    // Of the same shape: texts stay texts.
    deep: <T>(value: T) => (looked.length === 0 ? value : (deep(value) as T)),
    words: known.map(({ words }) => words),
  };
}

/** A pattern of all the ways to write the words, character by character. */
function writtenAs(words: string): string {
  return words
    .split(/(\s+)/u)
    .filter(part => part !== '')
    .map(part =>
      part.trim() === '' ? String.raw`(?:\s|\+|%(?:25)*20|\\+u0020|&nbsp;|&#0*(?:32|160);)+` : Array.from(part, waysOf).join(''),
    )
    .join('');
}

function waysOf(char: string): string {
  const bytes = [...Buffer.from(char, 'utf8')].map(byte => `%(?:25)*${anyCase(byte.toString(16).padStart(2, '0'))}`);
  const units = Array.from({ length: char.length }, (_, at) => `\\\\+u${anyCase(char.charCodeAt(at).toString(16).padStart(4, '0'))}`);
  const point = char.codePointAt(0) ?? 0;
  const reference = named[char];
  return `(?:${[
    ...(/["'\\/]/u.test(char) ? [String.raw`\\*${plain(char)}`] : []),
    ...(char === "'" ? ["''"] : []),
    ...(char === '\\' ? [String.raw`\\+`] : []),
    bytes.join(''),
    units.join(''),
    `&#0*${point};`,
    `&#[xX]0*${anyCase(point.toString(16))};`,
    ...(reference === undefined ? [] : [`&${reference};`]),
    plain(char),
  ].join('|')})`;
}

/** The characters of base64 that the words alone decide, for each of the three places they may begin at within a code. */
function codesOf(words: string): string[] {
  const bytes = Buffer.from(words, 'utf8');
  return [0, 1, 2].flatMap(before => {
    const code = Buffer.concat([Buffer.alloc(before), bytes]).toString('base64');
    const first = Math.ceil((before * 8) / 6);
    const last = Math.floor(((before + bytes.length) * 8) / 6);
    const own = code.slice(first, last);
    if (own.length < shortestCode) return [];
    const body = own.replaceAll(/[+/]/gu, char => (char === '+' ? '(?:[+-]|%(?:25)*2[bB])' : '(?:[/_]|%(?:25)*2[fF])'));
    // The neighbours hold the rest of the bits of the first and the last byte.
    const tail = ((before + bytes.length) * 8) % 6 === 0 ? '' : '[A-Za-z0-9+/_-]?';
    return [`${before === 0 ? '' : '[A-Za-z0-9+/_-]?'}${body}${tail}={0,2}`];
  });
}

function anyCase(hex: string): string {
  return hex.replaceAll(/[a-f]/gu, digit => `[${digit}${digit.toUpperCase()}]`);
}

function plain(char: string): string {
  return char.replaceAll(/[\\^$.*+?()[\]{}|/]/gu, String.raw`\$&`);
}
