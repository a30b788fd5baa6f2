/** Files and folders that systems keep for themselves, lower case, where a name alone tells. */
const systemNames: ReadonlySet<string> = new Set([
  '$recycle.bin',
  'system volume information',
  'desktop.ini',
  'thumbs.db',
  'ntuser.dat',
  'pagefile.sys',
  'hiberfil.sys',
  'appdata',
  'lost+found',
]);

/** Devices of Windows, which open under these names in every folder, with any extension. */
const device = /^(?:con|prn|aux|nul|conin\$|conout\$|com[\d¹²³]|lpt[\d¹²³])(?:\.|$)/iu;

/**
 * Whether an agent leaves a file or folder of this name alone: hidden (`.ssh`, `.git`, `~$report.docx`), the system's own, or one
 * that another system reads as a different name.
 *
 * @param name one segment of a path
 */
export function isHiddenName(name: string): boolean {
  // SECURITY: marks that turn the writing round show a person another name than the one that is used.
  if (/[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069]/u.test(name)) return true;
  // SECURITY: some file systems ignore such characters, and a person does not see them: with one before it, `.ssh` is still `.ssh`.
  const seen = name
    .normalize('NFKC')
    .replaceAll(/\p{Default_Ignorable_Code_Point}/gu, '')
    .toLowerCase();
  // SECURITY: Windows drops dots and blanks at the end, and reads what follows a colon as a stream of the file.
  if (/[. ]$/u.test(seen) || seen.includes(':')) return true;
  const bare = seen.trim();
  return bare === '' || /^[.~]/u.test(bare) || device.test(bare) || systemNames.has(bare);
}
