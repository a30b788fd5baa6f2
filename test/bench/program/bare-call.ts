/** A call of the scripted server with nothing between: milliseconds until its first text, and until its end. */
export async function bareCall(baseUrl: string, body: object): Promise<{ readonly firstTextMs: number; readonly endMs: number }> {
  const startedAt = performance.now();
  const response = await fetch(`${baseUrl}/chat/completions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (!response.ok || response.body === null) throw new Error(`The scripted server answered ${response.status} to a bare call.`);
  let firstTextMs: number | null = null;
  let come = '';
  for await (const piece of response.body.pipeThrough(new TextDecoderStream())) {
    if (firstTextMs !== null) continue;
    come += piece;
    if (/"content":"[^"]/u.test(come)) firstTextMs = performance.now() - startedAt;
  }
  const endMs = performance.now() - startedAt;
  return { firstTextMs: firstTextMs ?? endMs, endMs };
}
