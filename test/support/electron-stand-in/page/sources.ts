import { makeCloneCodec } from './clone-codec.ts';
import { startPreloadWorld, type PreloadProcess } from './preload-world.ts';
import { makeWorldBridge } from './world-bridge.ts';

/** The isolated world's name, as Electron calls it. */
export const ISOLATED_WORLD = 'Electron Isolated Context';

/** Runs in the page's own world before its first line. Only the main frame has a preload. */
export function mainWorldSource(secret: string): string {
  return `if (window === window.top) (${makeWorldBridge})(${JSON.stringify(secret)}, 'main', 'isolated');`;
}

export interface PreloadSource {
  /** What the two halves of the bridge recognise each other by; new for every window. */
  readonly secret: string;
  /** The name of the DevTools binding, visible in the isolated world only. */
  readonly binding: string;
  /** The text of the app's preload bundle (CommonJS), empty for none. */
  readonly text: string;
  readonly path: string;
  readonly process: PreloadProcess;
}

/** Runs in the isolated world, after `mainWorldSource` and before the page's first line. */
export function isolatedWorldSource({ secret, binding, text, path, process }: PreloadSource): string {
  return `if (window === window.top) (${startPreloadWorld})(
  (${makeWorldBridge})(${JSON.stringify(secret)}, 'isolated', 'main'), (${makeCloneCodec})(), ${JSON.stringify(binding)}, ${JSON.stringify(process)},
  (require, process, module) => { const exports = module.exports, global = globalThis;
${text}
});
//# sourceURL=${path === '' ? 'electron-stand-in-preload' : path}`;
}
