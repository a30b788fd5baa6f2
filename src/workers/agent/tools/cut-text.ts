import { toolTextLimit } from '../../../shared/domain/agent.ts';

/** Characters left for a tool's heading and its closing line. */
const headingReserve = 8_000;
export const bodyLimit = toolTextLimit - headingReserve;

/** A part of a text that fits a result, never ending within a character. */
export function partFrom(text: string, start: number): { readonly part: string; readonly end: number } {
  let end = Math.min(text.length, start + bodyLimit);
  const last = text.charCodeAt(end - 1);
  if (end < text.length && last >= 0xd800 && last <= 0xdbff) end -= 1;
  return { part: text.slice(start, end), end };
}
