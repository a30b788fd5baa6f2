import type { Transport } from '@modelcontextprotocol/sdk/shared/transport.js';

/** A way to a server. */
export interface ServerWire {
  readonly transport: Transport;
  /** What the server said beside the protocol, without the values it was given; empty for nothing. */
  lastWords(): string;
}
