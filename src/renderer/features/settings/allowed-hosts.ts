/** The most hosts the setting's schema takes. */
const hostLimit = 100;

/** Hosts as typed: one a line or parted by commas; a pasted address is cut to its host. */
export function readHosts(text: string): string[] {
  const words = text.split(/[\s,;]+/u).map(word =>
    word
      .replace(/^[a-z]+:\/\//iu, '')
      .replace(/[/?#].*$/u, '')
      .toLowerCase(),
  );
  return [...new Set(words.filter(word => word !== '' && word.length <= 255))].slice(0, hostLimit);
}
