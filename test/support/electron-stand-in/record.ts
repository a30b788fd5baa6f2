import type {} from 'electron'; // brings the global namespace `Electron` of its types

/** One call of an API whose effect is outside of the program and has no real part here. `args` are as the app gave them. */
export interface RecordedCall {
  /** For example `shell.openExternal`. */
  readonly api: string;
  readonly args: readonly unknown[];
}

/** A tray as specs see it: what Electron's own has no getters for. */
export type RecordedTray = Electron.Tray & {
  readonly contextMenu: Electron.Menu | null;
  readonly toolTip: string;
  readonly image: Electron.NativeImage | string;
};

/**
 * What specs may look at when Electron's public API has no way to ask (it has no list of trays or notifications).
 * Reached in a spec as `app.evaluate(() => process.standIn.record)`; such a spec cannot run on the real Electron
 * and says so.
 */
export interface StandInRecord {
  readonly calls: RecordedCall[];
  /** Every Tray that was made, in order; `contextMenu` is the menu it would pop up. */
  readonly trays: RecordedTray[];
  /** Every Notification that was shown, in order; `emit('click', {})` is the person's click. */
  readonly notifications: Electron.Notification[];
}

export const record: StandInRecord = { calls: [], trays: [], notifications: [] };

export function note(api: string, ...args: unknown[]): void {
  record.calls.push({ api, args });
}

declare global {
  namespace NodeJS {
    interface Process {
      /** Only on the stand-in. */
      standIn?: { readonly record: StandInRecord };
    }
  }
}

Object.defineProperty(process, 'standIn', { value: Object.freeze({ record }), enumerable: true });
