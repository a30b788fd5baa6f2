import type { ChannelState } from '../shared/contract/channel.ts';
import { portHello } from '../shared/contract/port-hello.ts';
import { createReconnectDelay } from '../shared/contract/reconnect-delay.ts';

export interface PortDoorParams {
  /** Hands main its end of a new port. */
  connect(mains: MessagePort): void;
  /** Runs `work` after `ms` milliseconds. */
  later(work: () => void, ms: number): void;
}

export interface PortDoor {
  send(frame: unknown): void;
  /** One listener: the page fans out. Frames that came before it are delivered first. */
  onFrame(next: (frame: unknown) => void): void;
  /** One listener as well; told at each change, and at once when the port is lost already. */
  onState(next: (state: ChannelState) => void): void;
}

/**
 * The page's end of the port to main. A port that main lets go of is lost; a new one is offered until main says hello. One
 * that main never greeted was turned away and is not offered again.
 */
export function openPortDoor({ connect, later }: PortDoorParams): PortDoor {
  const early: unknown[] = [];
  const delay = createReconnectDelay();
  let listener: ((frame: unknown) => void) | null = null;
  let stateListener: ((state: ChannelState) => void) | null = null;
  let state: ChannelState = 'open';
  let own: MessagePort;
  let hasBeenGreeted = false;

  function change(next: ChannelState): void {
    if (next === state) return;
    state = next;
    stateListener?.(next);
  }

  function open(): void {
    const { port1, port2 } = new MessageChannel();
    own = port1;
    port1.onmessage = event => {
      if (event.data === portHello) {
        hasBeenGreeted = true;
        delay.reset();
        change('open');
      } else if (listener === null) early.push(event.data);
      else listener(event.data);
    };
    port1.addEventListener('close', () => {
      change('lost');
      if (hasBeenGreeted) later(open, delay.next());
    });
    connect(port2);
  }

  open();
  return {
    send(frame) {
      // What is asked of a lost port is answered by the client; it must not reach the next one late.
      if (state === 'open') own.postMessage(frame);
    },
    onFrame(next) {
      listener = next;
      for (const frame of early.splice(0)) next(frame);
    },
    onState(next) {
      stateListener = next;
      if (state === 'lost') next(state);
    },
  };
}
