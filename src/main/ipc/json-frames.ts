import { createFrameJson } from '../../shared/contract/frame-json.ts';

/** The ends of a WebSocket that are on Node: the local server and the command line. */
export const { stringify: encodeFrame, parse: decodeFrame } = createFrameJson({
  encode: bytes => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64'),
  decode: text => new Uint8Array(Buffer.from(text, 'base64')),
});
