/** What comes of something that may fail or take too long; null then. */
export async function atMost<T>(limitMs: number, work: Promise<T>): Promise<T | null> {
  let timer: NodeJS.Timeout | undefined;
  const over = new Promise<null>(done => {
    timer = setTimeout(() => done(null), limitMs);
  });
  try {
    return await Promise.race([work.catch(() => null), over]);
  } finally {
    clearTimeout(timer);
  }
}
