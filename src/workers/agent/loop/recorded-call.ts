import { createHash } from 'node:crypto';
import { ModelFailure } from '../models/model-failure.ts';
import { openModel } from '../models/open-model.ts';
import { orWaitForNetwork } from '../models/or-wait-for-network.ts';
import { callModel, type ModelPrompt } from './call-model.ts';
import type { ModelFailureCode } from '../../../shared/domain/provider.ts';
import type { RecordedCall, SynopsisModel } from '../../../shared/domain/synopsis-model.ts';
import type { TaskContext } from '../../runtime/task-context.ts';

/** What a call needs of its task, of whichever kind that asks a model outside of a conversation. */
export interface AskContext extends Pick<TaskContext<'synopsis.make'>, 'hostCall' | 'charge' | 'signal' | 'log' | 'attempt'> {
  step(name: `ask:${string}`, run: () => Promise<RecordedCall>): Promise<RecordedCall>;
}

export interface Picture {
  readonly bytes: Uint8Array;
  readonly mediaType: string;
}

export interface Asking {
  /** What it is for: `notes`, `summary`, `summary-again`. */
  readonly purpose: string;
  readonly system: string;
  /** The conversation after that, the person's side first; with an answer of the model in between for a second try. */
  readonly messages: readonly string[];
  /** Shown with the first message; made when the call is, and not for one that is recorded. */
  readonly picture?: () => Promise<Picture>;
  /** What it depends on, without what is new with each attempt: two calls with the same are one call. */
  readonly content: readonly string[];
}

/** How a failure is met. */
type Remedy =
  /** The answer tells something about the question: it is recorded, and whoever asked asks otherwise. */
  | Exclude<RecordedCall['outcome'], 'answered'>
  /** It passes by itself, and the provider has said when or the program knows what it waits for. */
  | 'wait'
  /** The same may work the next time; another model is taken once it has been tried again. */
  | 'tryAgain'
  /** As long as somebody else changes nothing it stays so: another model, where there is one. */
  | 'another';

const remedies: Readonly<Record<ModelFailureCode, Remedy>> = {
  context_too_long: 'too_long',
  answer_cut: 'cut',
  answer_blocked: 'blocked',
  rate_limited: 'wait',
  stream_cut: 'tryAgain',
  bad_answer: 'tryAgain',
  answer_empty: 'tryAgain',
  answer_only_calls: 'another',
  model_timeout: 'tryAgain',
  no_credit: 'another',
  unauthorized: 'another',
  wrong_address: 'another',
  model_not_found: 'another',
  refused_request: 'another',
  provider_error: 'another',
  network: 'another',
};

/** The same model is tried in this many attempts before another takes its place. */
const patientAttempts = 2;

export type Ask = (asking: Asking) => Promise<RecordedCall>;

/**
 * Calls of a model as steps, named after what they ask: a later attempt reads what is recorded and pays for nothing twice, and a
 * question whose material has changed since is another one. `models` are tried in order; the first is the person's choice, and
 * its failure is the one that is told when none is left.
 */
export function createAsk(models: readonly SynopsisModel[], context: AskContext): Ask {
  const given = new Map<string, Promise<RecordedCall>>();
  const failed = new Map<SynopsisModel, ModelFailure>();

  async function call({ system, messages, picture }: Asking, { provider, connection }: SynopsisModel): Promise<RecordedCall> {
    const { text } = await callModel({
      model: openModel(connection),
      connection,
      prompt: promptOf(system, messages, (await picture?.()) ?? null),
      tools: [],
      mayCallTools: false,
      usedIds: new Set(),
      number: 1,
      signal: context.signal,
      onText: () => undefined,
      charge: used => {
        context.charge(used);
      },
    });
    return { outcome: 'answered', text, provider, model: connection.modelId };
  }

  async function ask(asking: Asking): Promise<RecordedCall> {
    for (const model of models) {
      if (failed.has(model)) continue;
      try {
        return await call(asking, model);
      } catch (error) {
        context.signal.throwIfAborted();
        if (!(error instanceof ModelFailure)) throw error;
        const remedy = remedies[error.code];
        if (remedy === 'wait' || (remedy === 'tryAgain' && context.attempt < patientAttempts)) throw error;
        if (remedy !== 'another' && remedy !== 'tryAgain')
          return { outcome: remedy, text: '', provider: model.provider, model: model.connection.modelId };
        failed.set(model, error);
        context.log('warn', `Model ${model.connection.modelId} cannot go on (${error.code}).`);
      }
    }
    const [first] = failed.values();
    throw first ?? new ModelFailure('model_not_found', 'No model is connected that could be asked.');
  }

  return asking => {
    const name = `${asking.purpose}-${fingerprint(asking.content)}` as const;
    // The same question twice in one attempt, as of two parts with the same text, is one step.
    const known = given.get(name);
    if (known !== undefined) return known;
    const asked = context.step(`ask:${name}`, () => orWaitForNetwork(() => ask(asking), context));
    given.set(name, asked);
    return asked;
  };
}

/** Enough of a hash that two questions of one synopsis do not meet. */
const fingerprintLength = 16;

function fingerprint(content: readonly string[]): string {
  const hash = createHash('sha256');
  for (const part of content) hash.update(String(part.length)).update(':').update(part);
  return hash.digest('hex').slice(0, fingerprintLength);
}

function promptOf(system: string, messages: readonly string[], picture: Picture | null): ModelPrompt {
  const shown =
    picture === null ? [] : [{ type: 'file' as const, mediaType: picture.mediaType, data: { type: 'data' as const, data: picture.bytes } }];
  return [
    { role: 'system', content: system },
    ...messages.map((text, index) =>
      index % 2 === 0
        ? { role: 'user' as const, content: [...(index === 0 ? shown : []), { type: 'text' as const, text }] }
        : { role: 'assistant' as const, content: [{ type: 'text' as const, text }] },
    ),
  ];
}
