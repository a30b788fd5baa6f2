import { visibleText } from '../../../shared/domain/visible-text.ts';

/** A string with its quotes, one sign of structure, or a number or word. */
const token = /"(?:[^"\\]|\\.)*"|[[\]{},:]|[^\s[\]{},:"]+/gsu;
const indent = '  ';
const escapedUnit = /\\u([0-9a-f]{4})(?:\\u([0-9a-f]{4}))?/giu;

/**
 * JSON text with a line for each value. Every token stays as it was sent: parsing and writing anew would drop a repeated key and
 * round a long number, and the person would allow something else than what is done. What is no JSON comes back as it is.
 */
export function prettyPayload(payload: string): string {
  try {
    JSON.parse(payload);
  } catch {
    return payload;
  }
  let depth = 0;
  let text = '';
  const line = () => `\n${indent.repeat(depth)}`;
  const tokens = payload.match(token) ?? [];
  for (const [at, part] of tokens.entries()) {
    const closes = part === '}' || part === ']';
    const previous = tokens[at - 1];
    const isEmpty = closes && (previous === '{' || previous === '[');
    if (closes) depth -= 1;
    if (closes && !isEmpty) text += line();
    if (!closes && (previous === '{' || previous === '[' || previous === ',')) text += line();
    text += part.startsWith('"') ? readable(part) : part;
    if (part === ':') text += ' ';
    if (part === '{' || part === '[') depth += 1;
  }
  return text;
}

/** Letters written as escapes become letters; what would hide, break the line or end the string stays escaped. */
function readable(string: string): string {
  // A backslash that is itself escaped begins no escape.
  return string.replace(/\\\\|\\u[0-9a-f]{4}(?:\\u[0-9a-f]{4})?/giu, found =>
    found === '\\\\' ? found : found.replace(escapedUnit, letters),
  );
}

function letters(escaped: string, first: string, second: string | undefined): string {
  const both = [first, ...(second === undefined ? [] : [second])].map(unit => String.fromCharCode(Number.parseInt(unit, 16)));
  const whole = both.join('');
  if (isPlain(whole)) return whole;
  return both.map((unit, at) => (isPlain(unit) ? unit : escaped.slice(at * 6, at * 6 + 6))).join('');
}

function isPlain(text: string): boolean {
  return !/[\s"\\]/u.test(text) && visibleText(text) === text;
}
