import { expect, test } from 'vitest';
import type { BrowserFrame } from '../../state/browser-store.ts';
import type { Outcome } from '../../state/outcome.ts';
import { watchFrames } from './watch-frames.ts';

const frame = (number: number, width: number | null): Outcome<BrowserFrame> => ({
  ok: true,
  value: { number, picture: width === null ? null : { jpeg: '', width, height: 1 } },
});

/** Answers in turn; the clock moves only while somebody rests. */
function scripted(answers: readonly Outcome<BrowserFrame>[], stop = new AbortController()) {
  const asked: number[] = [];
  const drawn: number[] = [];
  const rested: number[] = [];
  const watched = watchFrames(
    {
      next: after => {
        asked.push(after);
        const answer = answers[asked.length - 1];
        if (asked.length >= answers.length) stop.abort();
        return Promise.resolve(answer ?? frame(0, null));
      },
      draw: async ({ width }) => void drawn.push(width),
      gapMs: () => 250,
      now: () => 0,
      rest: async ms => void rested.push(ms),
    },
    stop.signal,
  );
  return { asked, drawn, rested, watched };
}

test('each picture is asked for after the last one drawn, at its pace', async () => {
  const { asked, drawn, rested, watched } = scripted([frame(4, 10), frame(4, null), frame(7, 20), frame(8, 30)]);
  await watched;
  expect(asked).toEqual([0, 4, 4, 7]);
  // The last came when nobody looked any more.
  expect(drawn).toEqual([10, 20]);
  expect(rested).toEqual([250, 250, 250]);
});

test('a browser that does not run is not asked again', async () => {
  const { asked, watched } = scripted([frame(1, 10), { ok: false, code: 'not_running' }, frame(2, 20)]);
  await watched;
  expect(asked).toEqual([0, 1]);
});
