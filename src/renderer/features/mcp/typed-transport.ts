import type { CallInput } from '../../../shared/contract/contract.ts';
import type { McpTransportView } from '../../../shared/domain/mcp.ts';

/** A variable or header as it is typed; an empty value of a saved one keeps what is there. */
export interface TypedValue {
  /** Tells lines apart while their names are typed. */
  readonly key: number;
  readonly name: string;
  readonly value: string;
  readonly isSaved: boolean;
}

/** What the form holds. */
export interface TypedTransport {
  readonly kind: 'stdio' | 'http';
  readonly command: string;
  /** One a line. */
  readonly args: string;
  readonly url: string;
  readonly values: readonly TypedValue[];
}

export function typedOf(transport: McpTransportView | null): TypedTransport {
  const names = transport === null ? [] : transport.kind === 'http' ? transport.headers : transport.env;
  return {
    kind: transport?.kind ?? 'stdio',
    command: transport?.kind === 'stdio' ? transport.command : '',
    args: transport?.kind === 'stdio' ? transport.args.join('\n') : '',
    url: transport?.kind === 'http' ? transport.url : '',
    values: names.map((name, key) => ({ key, name, value: '', isSaved: true })),
  };
}

/** Lines without a name say nothing. */
export function readTransport({ kind, command, args, url, values }: TypedTransport): CallInput<'mcp.save'>['transport'] {
  const given = values
    .filter(({ name }) => name.trim() !== '')
    .map(({ name, value, isSaved }) => ({ name: name.trim(), value: value === '' && isSaved ? null : value }));
  if (kind === 'http') return { kind, url: url.trim(), headers: given };
  return {
    kind,
    command: command.trim(),
    args: args
      .split('\n')
      .map(line => line.trim())
      .filter(line => line !== ''),
    env: given,
  };
}

/** A whole command line that was pasted into the field of the program, as its program and arguments; null for a lone program. */
export function splitCommandLine(text: string): { readonly command: string; readonly args: readonly string[] } | null {
  const parts = [...text.trim().matchAll(/"([^"]*)"|'([^']*)'|(\S+)/gu)].map(
    ([, double, single, plain]) => double ?? single ?? plain ?? '',
  );
  const [command, ...args] = parts;
  return command === undefined || args.length === 0 ? null : { command, args };
}

/** What the person knows a server by. */
export function placeOf(transport: McpTransportView): string {
  return transport.kind === 'http' ? transport.url : [transport.command, ...transport.args].join(' ');
}
