import { prettyPayload } from './pretty-payload.ts';

/** A field of what is sent: its name, and its value as a person reads it or as JSON where it has parts of its own. */
export interface PayloadField {
  readonly name: string;
  readonly value: string | boolean | null;
}

/**
 * The fields of a payload that is an object; null for any other.
 *
 * SECURITY: also null where reading it would lose something: a repeated key, a long number, another order. What is shown as
 * fields says all that the payload says.
 */
export function payloadFields(payload: string): readonly PayloadField[] | null {
  let parsed: unknown;
  try {
    parsed = JSON.parse(payload);
  } catch {
    return null;
  }
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) return null;
  if (prettyPayload(JSON.stringify(parsed)) !== prettyPayload(payload)) return null;
  return Object.entries(parsed).map(([name, value]: [string, unknown]) => ({
    name,
    value: typeof value === 'string' || typeof value === 'boolean' || value === null ? value : prettyPayload(JSON.stringify(value)),
  }));
}
