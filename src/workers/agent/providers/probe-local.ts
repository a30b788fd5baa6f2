import type { LocalProgram, LocalServer } from '../../../shared/domain/provider.ts';
import { providerId } from '../../../shared/domain/ids.ts';
import type { Fetch } from '../models/model-fetch.ts';
import { listModels } from './list-models.ts';

/** A program on this machine answers within a few milliseconds or is not there; a person waits this long for a window. */
const probeMs = 500;
/** Nobody's: a probe passes no gate and is charged to no budget. */
const noProvider = providerId.parse('00000000-0000-7000-8000-000000000000');

export interface ProbedPlace {
  readonly program: LocalProgram;
  /** `http://127.0.0.1:11434` */
  readonly origin: string;
}

/** The places where a server of models answers, in the order given. Never throws; sends no key. */
export async function probeLocal(
  places: readonly ProbedPlace[],
  signal: AbortSignal,
  fetch: Fetch = globalThis.fetch,
): Promise<LocalServer[]> {
  const found = await Promise.all(
    places.map(async ({ program, origin }) => {
      const connection = { providerId: noProvider, kind: 'openai_compatible', baseUrl: `${origin}/v1`, apiKey: null, headers: {} } as const;
      const within = AbortSignal.any([signal, AbortSignal.timeout(probeMs)]);
      const models = await listModels(connection, within, fetch).catch(() => null);
      return models === null ? [] : [{ program, baseUrl: connection.baseUrl, models }];
    }),
  );
  return found.flat();
}
