/** What every part of the stand-in may ask about this run; written by boot.ts once, before the app's entry runs. */
export interface Runtime {
  appPath: string;
  packageName: string;
  packageVersion: string;
  /** Set just before `ready` is emitted. */
  isReady: boolean;
}

/** The version that the project pins; what the app reads from `process.versions.electron`. */
export const ELECTRON_VERSION = '45.4.1';

export const runtime: Runtime = { appPath: process.cwd(), packageName: 'Electron', packageVersion: ELECTRON_VERSION, isReady: false };
