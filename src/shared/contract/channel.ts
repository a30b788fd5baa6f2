import type { ToHost, ToPage } from './wire.ts';

/**
 * `gone`: after `lost`, several attempts to come back have failed, so the host is not there any more or does not let this
 * window in; it goes on trying.
 */
export type ChannelState = 'open' | 'lost' | 'gone';

/** One duplex path to main. Frames arrive in the order they were sent; a lost channel delivers nothing more until it is open again. */
export interface Channel {
  send(frame: ToHost): void;
  onFrame(listener: (frame: ToPage) => void): () => void;
  /** Called at each change. One that has said nothing yet counts as open: it takes frames and delivers them once it stands. */
  onState(listener: (state: ChannelState) => void): () => void;
}
