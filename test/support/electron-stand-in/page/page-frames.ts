import type { Encoded } from './clone-codec.ts';

/** What the preload's world says to the main process, as JSON through a DevTools binding. */
export type FromPage =
  | { readonly t: 'send'; readonly channel: string; readonly args: Encoded; readonly ports: readonly string[] }
  | { readonly t: 'invoke'; readonly id: number; readonly channel: string; readonly args: Encoded }
  | { readonly t: 'port'; readonly id: string; readonly data: Encoded; readonly ports: readonly string[] }
  | { readonly t: 'port-close'; readonly id: string }
  | { readonly t: 'preload-error'; readonly message: string; readonly stack: string };

/** What the main process says to the preload's world. */
export type ToPage =
  | { readonly t: 'send'; readonly channel: string; readonly args: Encoded; readonly ports: readonly string[] }
  | { readonly t: 'reply'; readonly id: number; readonly outcome: { readonly value: Encoded } | { readonly error: string } }
  | { readonly t: 'port'; readonly id: string; readonly data: Encoded; readonly ports: readonly string[] }
  | { readonly t: 'port-close'; readonly id: string };
