/** Shorter parts of a key occur in ordinary words and give nothing away. */
const partLength = 6;

/**
 * SECURITY: cuts the key, and each recognisable part of it, out of what the other side said; some servers repeat it in
 * their refusal, often shortened. Whatever looks like another key goes too.
 */
export function withoutKey(text: string, key: string | null): string {
  const unknown = text.replace(/\b(?:sk|pk|key|gsk|xai|rk)[-_][\w-]{8,}|\bAIza[\w-]{20,}|\bBearer\s+\S+/gu, '…');
  if (key === null) return unknown;
  const whole = unknown.replaceAll(key, '…');
  return whole.replace(/[\w.~+/=-]{6,}/gu, word => (sharesPart(word, key) ? '…' : word));
}

function sharesPart(word: string, key: string): boolean {
  for (let at = 0; at + partLength <= word.length; at += 1) if (key.includes(word.slice(at, at + partLength))) return true;
  return false;
}
