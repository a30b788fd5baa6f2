import type { z } from 'zod';

/** Faults named in one answer; a caller mends those before it sees the rest. */
const namedFaults = 5;
/** Characters of a value that are repeated in a sentence about it: enough to recognise it by. */
const shownLength = 60;

/** What a request has that its contract does not take, in sentences that name the place, the value and the bound. */
export function requestFault(error: z.ZodError, input: unknown): string {
  const sentences = error.issues.slice(0, namedFaults).map(issue => sentenceOf(issue, valueAt(input, issue.path)));
  const left = error.issues.length - sentences.length;
  return [...sentences, ...(left > 0 ? [`And ${left} more.`] : [])].join(' ');
}

function sentenceOf(issue: z.core.$ZodIssue, value: unknown): string {
  const place = issue.path.length === 0 ? 'The request' : JSON.stringify(issue.path.map(String).join('.').slice(0, shownLength));
  switch (issue.code) {
    case 'too_big':
      return `${place} ${sizeOf(value)}; it takes ${issue.inclusive === false ? 'less than' : 'at most'} ${issue.maximum}.`;
    case 'too_small':
      return `${place} ${sizeOf(value)}; it takes ${issue.inclusive === false ? 'more than' : 'at least'} ${issue.minimum}.`;
    case 'unrecognized_keys':
      return `${place} has ${listed(issue.keys)}, which it does not take.`;
    case 'invalid_value':
      return `${place} is ${shown(value)}; it takes ${issue.values.length === 1 ? '' : 'one of '}${listed(issue.values)}.`;
    case 'invalid_type':
      return value === undefined
        ? `${place} is missing; it takes ${nameOf(issue.expected)}.`
        : `${place} is ${shown(value)}; it takes ${nameOf(issue.expected)}.`;
    case 'invalid_format':
      return `${place} is ${shown(value)}; it does not have the form of ${nameOf(issue.format)}.`;
    default:
      return `${place} is ${shown(value)}: ${issue.message.replace(/\.?$/u, '.')}`;
  }
}

function valueAt(input: unknown, path: readonly PropertyKey[]): unknown {
  let value = input;
  for (const key of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined;
    value = (value as Record<PropertyKey, unknown>)[key];
  }
  return value;
}

function sizeOf(value: unknown): string {
  if (typeof value === 'string') return `has ${value.length} characters`;
  if (Array.isArray(value)) return `has ${value.length} entries`;
  return `is ${shown(value)}`;
}

function shown(value: unknown): string {
  switch (typeof value) {
    case 'string':
      return JSON.stringify(value.length <= shownLength ? value : `${value.slice(0, shownLength)}…`);
    case 'number':
    case 'boolean':
    case 'bigint':
      return String(value);
    case 'undefined':
      return 'missing';
    case 'object':
      return value === null ? 'null' : Array.isArray(value) ? 'a list' : 'an object';
    default:
      return `a ${typeof value}`;
  }
}

const names: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
  uuid: 'an id (UUID)',
  url: 'an address',
};

function nameOf(expected: string): string {
  return names[expected] ?? expected;
}

function listed(values: readonly unknown[]): string {
  return (
    values
      .slice(0, namedFaults * 2)
      .map(shown)
      .join(', ') + (values.length > namedFaults * 2 ? ', …' : '')
  );
}
