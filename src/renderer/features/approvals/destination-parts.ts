/** An address as it is shown: the host stands out, whatever stands before it. */
export interface DestinationParts {
  readonly before: string;
  /** Null for what is no web address: a path, the name of a server. */
  readonly host: string | null;
  readonly after: string;
}

/**
 * SECURITY: the host is the one that the program would connect to, by the URL standard, and not what looks like one:
 * `https://bank.example@evil.example/` goes to evil.example. Joined again the parts are the destination to the letter.
 */
export function destinationParts(destination: string): DestinationParts {
  const whole = { before: destination, host: null, after: '' };
  if (!/^[a-z][a-z0-9+.-]*:\/\//iu.test(destination)) return whole;
  let host: string;
  try {
    ({ host } = new URL(destination));
  } catch {
    return whole;
  }
  if (host === '') return whole;
  const authorityFrom = destination.indexOf('://') + 3;
  const authorityTo = destination.slice(authorityFrom).search(/[/?#\\]/u);
  const authority = authorityTo === -1 ? destination.slice(authorityFrom) : destination.slice(authorityFrom, authorityFrom + authorityTo);
  const at = authorityFrom + authority.lastIndexOf('@') + 1;
  const written = destination.slice(at, authorityFrom + authority.length);
  // Written otherwise than it is connected to (another script, a hidden character): the real one is told beside it.
  if (written.toLowerCase() !== host && written.toLowerCase() !== `${host}:443` && written.toLowerCase() !== `${host}:80`)
    return { before: destination, host, after: '' };
  return { before: destination.slice(0, at), host: written, after: destination.slice(at + written.length) };
}
