/** Hands a file to the browser, which keeps to itself what becomes of it. */
export function download(fileName: string, text: string, mediaType: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: mediaType }));
  downloadFrom(url, fileName);
  // The browser has taken its own hold of the bytes by the next turn.
  setTimeout(() => URL.revokeObjectURL(url), 0);
}

/** Lets the browser fetch a file of our own host and save it. */
export function downloadFrom(url: string, fileName: string): void {
  const link = document.createElement('a');
  link.href = url;
  link.download = fileName;
  link.click();
}
