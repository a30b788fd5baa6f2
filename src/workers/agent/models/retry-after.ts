type Headers = Readonly<Record<string, string | undefined>>;

/**
 * Milliseconds that the other side asked to wait (RFC 9110, 10.2.3: seconds or a date; `retry-after-ms` is OpenAI's and
 * Azure's finer one); null when it asked for none or in words nobody can read. A date that is over is no wait.
 */
export function retryAfterMs(headers: Headers | undefined, nowMs: number): number | null {
  const fine = amount(headers?.['retry-after-ms']);
  if (fine !== null) return Math.ceil(fine);
  const text = headers?.['retry-after']?.trim();
  const seconds = amount(text);
  if (seconds !== null) return Math.ceil(seconds * 1_000);
  const atMs = text === undefined || text === '' ? Number.NaN : Date.parse(text);
  return Number.isNaN(atMs) ? null : Math.max(0, atMs - nowMs);
}

function amount(text: string | undefined): number | null {
  return text !== undefined && /^\d{1,12}(?:\.\d{1,9})?$/u.test(text.trim()) ? Number(text) : null;
}
