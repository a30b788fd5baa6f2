import { modelled } from '../modelled.ts';

let text = '';

/** A clipboard of this process alone: neither the system's nor the one that a page's `navigator.clipboard` has. */
export const clipboard = modelled<Pick<Electron.Clipboard, 'writeText' | 'readText' | 'clear'>>('clipboard', {
  writeText: async written => void (text = written),
  readText: async () => text,
  clear: () => void (text = ''),
});
