/** What the two ends of a utility process say to each other over Node's IPC channel, which clones the data itself. */
export type UtilityFrame =
  | { readonly t: 'message'; readonly data: unknown; readonly ports: readonly string[] }
  | { readonly t: 'port'; readonly id: string; readonly data: unknown; readonly ports: readonly string[] }
  | { readonly t: 'port-close'; readonly id: string };
