/**
 * Prints a page of ours as PDF, A4, as its own style says. `path` is the file, `urlPath` its address at the window's host; each
 * host uses the one that its browser can open. Throws an `ExpectedError` `no_browser` or `print_failed`.
 */
export type PrintPage = (page: { readonly path: string; readonly urlPath: string; readonly signal: AbortSignal }) => Promise<Uint8Array>;

/** A page that is not printed by then never is: a synopsis of 300 pages takes two seconds. */
export const printPatienceMs = 60_000;
