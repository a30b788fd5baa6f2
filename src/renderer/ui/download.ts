/** A minute: a browser that is busy begins a download seconds after the press, and one whose bytes are gone is saved empty, without its name. */
const bytesKeptMs = 60_000;

/** Hands a file to the browser, which keeps to itself what becomes of it. */
export function download(fileName: string, text: string, mediaType: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: mediaType }));
  downloadFrom(url, fileName);
  setTimeout(() => URL.revokeObjectURL(url), bytesKeptMs);
}

/** Lets the browser fetch a file of our own host and save it. */
export function downloadFrom(url: string, fileName: string): void {
  const link = document.createElement('a');
  link.href = url;
  link.download = fileName;
  link.click();
}
