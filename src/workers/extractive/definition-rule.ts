/** A way of saying what something is; the first group of the pattern is the term. */
export interface DefinitionRule {
  readonly pattern: RegExp;
  /** Whether the term stands in the form of a dictionary there. */
  readonly isNominative: boolean;
  /** How sure the pattern is, 0 to 1. */
  readonly confidence: number;
  /** The sentence names what the one before it tells of. */
  readonly namesPrevious?: true;
}

export function start(source: string): RegExp {
  return new RegExp(String.raw`^(?:[—–-]\s+)?${source}`, 'iu');
}

export function anywhere(source: string): RegExp {
  return new RegExp(String.raw`(?<!\p{L})${source}`, 'iu');
}
