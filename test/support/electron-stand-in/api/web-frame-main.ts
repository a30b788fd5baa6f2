import { ModelledEmitter } from '../modelled.ts';
import { appOrigin, toAppUrl } from '../page-url.ts';

/** What a frame needs from its page. */
export interface FramePage {
  readonly send: (channel: string, ...args: unknown[]) => void;
  readonly postMessage: (channel: string, message: unknown, transfer?: Electron.MessagePortMain[]) => void;
  readonly executeJavaScript: (code: string) => Promise<unknown>;
  readonly reload: () => void;
}

/** Numbers that Electron reports and the stand-in has no real ones for. */
const PROCESS_ID = 1;
const ROUTING_ID = 1;

/** The main frame of one document; a navigation makes a new one and detaches this. Subframes have no preload and so no IPC. */
export class WebFrameMain
  extends ModelledEmitter
  implements
    Pick<
      Electron.WebFrameMain,
      | 'url'
      | 'origin'
      | 'parent'
      | 'name'
      | 'detached'
      | 'processId'
      | 'routingId'
      | 'frameToken'
      | 'isDestroyed'
      | 'send'
      | 'postMessage'
      | 'executeJavaScript'
    >
{
  readonly parent = null;
  readonly name = '';
  readonly processId = PROCESS_ID;
  readonly routingId = ROUTING_ID;
  readonly frameToken: string;
  readonly #page: FramePage;
  #pageUrl: string;
  #detached = false;

  constructor(frameToken: string, pageUrl: string, page: FramePage) {
    super('WebFrameMain', ['dom-ready']);
    this.frameToken = frameToken;
    this.#pageUrl = pageUrl;
    this.#page = page;
  }

  get url(): string {
    return toAppUrl(this.#pageUrl);
  }

  get origin(): string {
    return appOrigin(this.#pageUrl);
  }

  get top(): Electron.WebFrameMain {
    return this.asElectron;
  }

  get detached(): boolean {
    return this.#detached;
  }

  isDestroyed(): boolean {
    return this.#detached;
  }

  send(channel: string, ...args: unknown[]): void {
    this.#alive().send(channel, ...args);
  }

  postMessage(channel: string, message: unknown, transfer?: Electron.MessagePortMain[]): void {
    this.#alive().postMessage(channel, message, transfer);
  }

  async executeJavaScript(code: string): Promise<unknown> {
    return this.#alive().executeJavaScript(code);
  }

  reload(): boolean {
    this.#alive().reload();
    return true;
  }

  #alive(): FramePage {
    if (this.#detached) throw new Error('Render frame was disposed before WebFrameMain could be accessed');
    return this.#page;
  }

  /** A navigation within the document (`#…`, `history.pushState`). */
  movedTo(pageUrl: string): void {
    this.#pageUrl = pageUrl;
  }

  detach(): void {
    this.#detached = true;
  }

  /** The type has more members than are modelled; reading one of those throws. */
  get asElectron(): Electron.WebFrameMain {
    return this as unknown as Electron.WebFrameMain;
  }
}
