import { callNames, streamNames } from '../../src/shared/contract/contract.ts';
import type { CallHandlers, StreamHandlers } from '../../src/main/ipc/handlers.ts';

/** The given handlers; every other call throws, as a call that a test did not expect should. */
export function stubCalls(given: Partial<CallHandlers>): CallHandlers {
  const all = Object.fromEntries(
    callNames.map(name => [
      name,
      () => {
        throw new Error(`The test did not expect ${name}.`);
      },
    ]),
  );
  return { ...all, ...given } as unknown as CallHandlers;
}

export function stubStreams(given: Partial<StreamHandlers>): StreamHandlers {
  const all = Object.fromEntries(
    streamNames.map(name => [
      name,
      // eslint-disable-next-line require-yield
      async function* () {
        await Promise.resolve();
        throw new Error(`The test did not expect ${name}.`);
      },
    ]),
  );
  return { ...all, ...given } as unknown as StreamHandlers;
}
