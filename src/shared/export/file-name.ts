/** A file's name longer than this is cut; file systems allow 255 bytes and Cyrillic takes two each. */
const fileNameChars = 80;

/** SECURITY: a title comes from documents; separators, control characters and reserved names must not reach a file system. */
export function fileStemOf(title: string, otherwise: string): string {
  const safe = title
    .replace(/[\p{Cc}\p{Cf}<>:"/\\|?*]/gu, ' ')
    .replace(/\s+/gu, ' ')
    .trim()
    .slice(0, fileNameChars)
    .replace(/[. ]+$/u, '');
  return safe === '' || /^(?:con|prn|aux|nul|com\d|lpt\d)$/iu.test(safe) ? otherwise : safe;
}
