/** Text in a one-byte encoding that `TextDecoder` knows, such as `windows-1251`, `koi8-r`, `ibm866`. Throws on a character it does not have. */
export function encodeOneByte(text: string, encoding: string): Uint8Array {
  const decoder = new TextDecoder(encoding);
  const bytes = new Map<string, number>();
  for (let byte = 255; byte >= 0; byte -= 1) bytes.set(decoder.decode(Uint8Array.of(byte)), byte);
  return Uint8Array.from(Array.from(text), char => {
    const byte = bytes.get(char);
    if (byte === undefined) throw new Error(`${encoding} has no «${char}».`);
    return byte;
  });
}
