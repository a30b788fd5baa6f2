import { ModelledEmitter } from '../modelled.ts';
import { openWindows } from '../open-windows.ts';

type Source = Electron.NativeTheme['themeSource'];

/** The system is taken to be light; `themeSource` reaches every page as `prefers-color-scheme`. */
class NativeTheme
  extends ModelledEmitter
  implements
    Pick<
      Electron.NativeTheme,
      | 'themeSource'
      | 'shouldUseDarkColors'
      | 'shouldUseHighContrastColors'
      | 'shouldUseInvertedColorScheme'
      | 'inForcedColorsMode'
      | 'prefersReducedTransparency'
    >
{
  readonly shouldUseHighContrastColors = false;
  readonly shouldUseInvertedColorScheme = false;
  readonly inForcedColorsMode = false;
  readonly prefersReducedTransparency = false;
  #source: Source = 'system';

  constructor() {
    super('nativeTheme', ['updated']);
  }

  get themeSource(): Source {
    return this.#source;
  }

  set themeSource(source: Source) {
    if (!['system', 'light', 'dark'].includes(source))
      throw new TypeError(`Error processing argument at index 0, conversion failure from ${source}`);
    if (source === this.#source) return;
    this.#source = source;
    for (const window of openWindows.all()) window.emulateColorScheme(this.emulatedScheme);
    this.emit('updated', {});
  }

  get shouldUseDarkColors(): boolean {
    return this.#source === 'dark';
  }

  /** What a page is told: nothing for `system`, so that Chromium's own default stays. */
  get emulatedScheme(): 'light' | 'dark' | '' {
    return this.#source === 'system' ? '' : this.#source;
  }
}

export const nativeTheme = new NativeTheme();
