import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

/** AES-256-GCM with its recommended nonce and full tag (NIST SP 800-38D). */
export const sealingKeyBytes = 32;
const nonceBytes = 12;
const tagBytes = 16;

export function newKey(): Buffer {
  return randomBytes(sealingKeyBytes);
}

/** The nonce, the tag, the sealed text. */
export function sealWithKey(key: Uint8Array, text: string): Buffer {
  const nonce = randomBytes(nonceBytes);
  const cipher = createCipheriv('aes-256-gcm', key, nonce);
  const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), body]);
}

/** Throws when it was sealed by another key, or was touched. */
export function openWithKey(key: Uint8Array, sealed: Uint8Array): string {
  const tagStart = nonceBytes + tagBytes;
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, nonceBytes), { authTagLength: tagBytes });
  decipher.setAuthTag(sealed.subarray(nonceBytes, tagStart));
  return Buffer.concat([decipher.update(sealed.subarray(tagStart)), decipher.final()]).toString('utf8');
}
