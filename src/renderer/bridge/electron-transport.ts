import { toPageFrame, type ToHost } from '../../shared/contract/wire.ts';
import type { Channel, ChannelState } from '../../shared/contract/channel.ts';

/** What the preload exposes: the frames of `wire.ts` and nothing else. */
export interface PreloadDoor {
  send(frame: ToHost): void;
  onFrame(listener: (frame: unknown) => void): unknown;
  onState(listener: (state: ChannelState) => void): unknown;
}

declare global {
  interface Window {
    readonly konspekt?: PreloadDoor;
  }
}

/** The channel over the preload's port. Listens once to the preload and fans out here, as functions do not cross it cheaply. */
export function createElectronChannel(door: PreloadDoor): Channel {
  const frames = new Set<Parameters<Channel['onFrame']>[0]>();
  const states = new Set<(state: ChannelState) => void>();
  door.onFrame(raw => {
    const frame = toPageFrame.safeParse(raw);
    if (!frame.success) return console.error('A frame of the host was not understood.', frame.error.message);
    for (const listener of frames) listener(frame.data);
  });
  door.onState(state => {
    for (const listener of states) listener(state);
  });
  return {
    send: frame => door.send(frame),
    onFrame(listener) {
      frames.add(listener);
      return () => frames.delete(listener);
    },
    onState(listener) {
      states.add(listener);
      return () => states.delete(listener);
    },
  };
}
