import { mcpBaseVariables, type McpTransport } from '../../../shared/domain/mcp.ts';

/** Shorter values, such as `1` or `true`, are no secrets and occur in every text. */
const secretLength = 6;

const isBase: ReadonlySet<string> = new Set(mcpBaseVariables);

/**
 * Takes the values that the person gave to a server out of what that server says: some repeat their whole environment.
 * SECURITY: what a server says is shown to a model, recorded, and seen in the window.
 */
export function withoutSecrets(transport: McpTransport): (text: string) => string {
  const values =
    transport.kind === 'http'
      ? // Of `Bearer <token>` the token alone is repeated.
        Object.values(transport.headers).flatMap(value => [value, ...value.split(/\s+/u)])
      : Object.entries(transport.env).flatMap(([name, value]) => (isBase.has(name) ? [] : [value]));
  const secrets = values
    .filter(value => value.length >= secretLength)
    // As JSON writes it too.
    .flatMap(value => [value, JSON.stringify(value).slice(1, -1)])
    .sort((a, b) => b.length - a.length);
  return text => secrets.reduce((rest, secret) => rest.replaceAll(secret, '•••'), text);
}
