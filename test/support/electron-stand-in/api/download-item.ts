import { ModelledEmitter } from '../modelled.ts';

/** One download that a page started. Its bytes go where Chromium puts them; the stand-in only lets it be refused. */
export class DownloadItem extends ModelledEmitter implements Pick<Electron.DownloadItem, 'getURL' | 'getFilename' | 'cancel' | 'getState'> {
  readonly #url: string;
  readonly #filename: string;
  readonly #cancel: () => void;
  #state: 'progressing' | 'completed' | 'cancelled' = 'progressing';

  constructor(url: string, filename: string, cancel: () => void) {
    super('DownloadItem', ['done', 'updated']);
    this.#url = url;
    this.#filename = filename;
    this.#cancel = cancel;
  }

  getURL(): string {
    return this.#url;
  }

  getFilename(): string {
    return this.#filename;
  }

  getState(): 'progressing' | 'completed' | 'cancelled' {
    return this.#state;
  }

  cancel(): void {
    this.#cancel();
  }

  /** Chromium's word that it is over. */
  end(state: 'completed' | 'cancelled'): void {
    if (this.#state !== 'progressing') return;
    this.#state = state;
    this.emit('done', {}, state);
  }
}
