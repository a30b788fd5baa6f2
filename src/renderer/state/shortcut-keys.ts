import { commandKeys, type KeyedCommand } from '../../shared/domain/command-keys.ts';
import { isMac } from '../ui/keys.tsx';

export type Host = 'desktop' | 'headless';

const table = commandKeys(isMac);

/** The combination to show for a command: one that works in this host. */
export function keysOf(command: KeyedCommand, host: Host): string {
  return table[command][host === 'desktop' ? 'desktop' : 'browser'];
}

/** Every combination a command answers to; one that the browser keeps simply never arrives. */
export function allKeysOf(command: KeyedCommand): readonly string[] {
  return [...new Set(Object.values(table[command]))];
}
