import { z } from 'zod';
import { modelTextLimit } from './agent.ts';
import { modelId } from './model-id.ts';
import { modelConnection, providerName } from './provider.ts';

/**
 * A model that a synopsis may be made with, with the name of its provider as the person knows it.
 * SECURITY: holds a key; in a frame alone.
 */
export const synopsisModel = z.strictObject({ provider: providerName, connection: modelConnection });
export type SynopsisModel = z.output<typeof synopsisModel>;

/** The person's choice and what may take its place. */
export const synopsisModelLimit = 4;

/**
 * One call of a model, as it is recorded. `too_long`, `cut` and `blocked` say that this question has no answer as it was asked:
 * its text was longer than the context, the answer reached its limit, or the provider withheld it.
 */
export const recordedCall = z.strictObject({
  outcome: z.enum(['answered', 'too_long', 'cut', 'blocked']),
  text: z.string().max(modelTextLimit),
  provider: providerName,
  model: modelId,
});
export type RecordedCall = z.output<typeof recordedCall>;

/** What a synopsis is made by, fixed by its first step: a later attempt cuts the material where the first one cut it. */
export const synopsisSetup = z.strictObject({
  contextTokens: z.int().positive(),
});
