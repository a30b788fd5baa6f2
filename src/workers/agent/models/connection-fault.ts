import type { ModelFailureCode } from '../../../shared/domain/provider.ts';

/** What the operating system and Node's fetch say when nothing was reached, and when something was and went away. */
const notReached =
  /^(?:ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ENETUNREACH|EHOSTUNREACH|EHOSTDOWN|ENETDOWN|EADDRNOTAVAIL|ETIMEDOUT|UND_ERR_CONNECT_TIMEOUT)$/u;
const wentAway = /^(?:ECONNRESET|EPIPE|UND_ERR_SOCKET|UND_ERR_BODY_TIMEOUT|UND_ERR_RES_CONTENT_LENGTH_MISMATCH|HPE_[A-Z_]+)$/u;
const noAnswer = /^UND_ERR_HEADERS_TIMEOUT$/u;
const untrusted = /^(?:CERT_|ERR_TLS_|DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT|UNABLE_TO_|ERR_SSL)/u;

/** What one error of a chain of causes says of the connection; null for nothing. */
export function describeConnectionFault(error: Error): { readonly code: ModelFailureCode; readonly message: string } | null {
  const { code } = error as { readonly code?: unknown };
  const name = typeof code === 'string' ? code : error instanceof AggregateError ? codeOfFirst(error) : null;
  // `terminated` is how Node's fetch names a body whose connection closed.
  if (name === null)
    return error.message === 'terminated' ? { code: 'stream_cut', message: 'The connection closed in the middle of the answer.' } : null;
  if (notReached.test(name)) return { code: 'network', message: `The provider cannot be reached (${name}).` };
  if (noAnswer.test(name)) return { code: 'model_timeout', message: 'The provider took the request and did not answer.' };
  if (wentAway.test(name)) return { code: 'stream_cut', message: `The connection closed before the answer was complete (${name}).` };
  if (untrusted.test(name)) return { code: 'wrong_address', message: `The provider's certificate is not trusted (${name}).` };
  return null;
}

/** Of a name with several addresses, each was tried. */
function codeOfFirst(error: AggregateError): string | null {
  const first: unknown = error.errors[0];
  const code = first instanceof Error ? (first as { readonly code?: unknown }).code : null;
  return typeof code === 'string' ? code : null;
}
