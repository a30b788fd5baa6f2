import { localProgram, localPrograms, providerCountLimit, defaultBaseUrls, type ProvidersView } from '../../../shared/domain/provider.ts';
import { providerId as providerIdSchema, type ProviderId } from '../../../shared/domain/ids.ts';
import type { Budgets } from '../../engine/budgets.ts';
import { ExpectedError } from '../../ipc/expected-error.ts';
import type { HandlersOf } from '../../ipc/handlers.ts';
import { readEndpointUrl } from '../models/endpoint-url.ts';
import { contextOf, type Models } from '../models/models.ts';
import type { NetworkWaits } from '../models/network-waits.ts';
import type { AskWorker } from '../models/worker-questions.ts';
import { newId } from '../new-id.ts';
import { SecretsRefused, type Secrets } from '../secrets/secrets.ts';
import type { CallContext } from './call-context.ts';
import { expectFound } from './expect-found.ts';

const saveRoute = 'providers.save';

export interface ProviderCallsParams {
  readonly models: Models;
  readonly secrets: Secrets;
  readonly ask: AskWorker;
  /** Another model does something now. */
  readonly chosen: () => void;
  readonly network: Pick<NetworkWaits, 'answered'>;
  /** A call that a person tries a model with costs what any other costs. */
  readonly budgets: Pick<Budgets, 'chargeWithoutJob'>;
  /** Where local programs are looked for; tests have a place of their own. */
  readonly localPrograms?: Readonly<Record<keyof typeof localPrograms, string>>;
}

export function providerCalls(
  { store, events, now }: Pick<CallContext, 'store' | 'events' | 'now'>,
  { models, secrets, ask, chosen, network, budgets, localPrograms: places = localPrograms }: ProviderCallsParams,
): HandlersOf<'providers'> {
  const { providers } = store;
  const found = (id: ProviderId) => expectFound(providers.find(id), 'provider', id);
  function changed(): ProvidersView {
    const all = models.all();
    events.publish('providers.changed', all);
    return all;
  }
  function connection(id: ProviderId) {
    found(id);
    const known = models.providerConnection(id);
    if (known === null)
      throw new ExpectedError('key_missing', 'The key was saved in another way and cannot be opened here; enter it again.');
    return known;
  }
  function keepKey(id: ProviderId, value: string, acceptWeak: boolean): void {
    try {
      secrets.write(id, value, { acceptWeak });
    } catch (error) {
      if (error instanceof SecretsRefused) throw new ExpectedError(error.code, error.message);
      throw error;
    }
  }

  return {
    'providers.list': () => ({ ...models.all(), revision: events.revision('providers.changed') }),
    'providers.save': ({ requestKey, providerId, kind, name, baseUrl, key }) => {
      const earlier = store.requests.find(saveRoute, requestKey);
      if (earlier !== null) return models.view(found(providerIdSchema.parse(earlier)));
      const before = providerId === null ? null : found(providerId);
      if (before === null && providers.list().length >= providerCountLimit)
        throw new ExpectedError('too_many_providers', `There are ${providerCountLimit} providers; remove one first.`);
      const id = before?.id ?? newId(providerIdSchema);
      const willHaveKey = key.is === 'new' || (key.is === 'kept' && secrets.has(id));
      const address = readEndpointUrl(baseUrl ?? defaultBaseUrls[kind] ?? '', willHaveKey);
      if (!address.ok) throw new ExpectedError(address.fault, `The address cannot be a provider's: ${address.fault}.`);
      // SECURITY: a key given to one server is not sent to another because its address was changed.
      if (key.is === 'kept' && willHaveKey && before !== null && new URL(before.baseUrl).origin !== new URL(address.url).origin)
        throw new ExpectedError('key_for_another_address', 'The key was given for another address; enter it again for this one.');
      if (key.is === 'new') keepKey(id, key.value, key.acceptWeak);
      if (key.is === 'removed') secrets.remove(id);
      const saved = store.inTransaction(() => {
        const provider = providers.put({ id, kind, name, baseUrl: address.url }, now());
        store.requests.record({ route: saveRoute, requestKey, resultId: id, atMs: now() });
        return provider;
      });
      changed();
      return models.view(saved);
    },
    'providers.remove': ({ providerId }) => {
      found(providerId);
      secrets.remove(providerId);
      providers.remove(providerId);
      changed();
      return {};
    },
    'providers.models': async ({ providerId }, { signal }) => {
      const { models: listed } = await ask({ ask: 'models', connection: connection(providerId) }, signal);
      // It may have been removed meanwhile.
      found(providerId);
      store.inTransaction(() => {
        providers.setModels(providerId, listed, now());
        network.answered(providerId);
      });
      changed();
      return models.view(found(providerId));
    },
    'providers.test': async ({ providerId, modelId }, { signal }) => {
      const contextTokens = contextOf(found(providerId), modelId, null);
      const price = models.priceOf({ providerId, modelId })?.price ?? null;
      const { result, usage } = await ask(
        { ask: 'test', connection: { ...connection(providerId), modelId, contextTokens, price } },
        signal,
      );
      store.inTransaction(() => {
        budgets.chargeWithoutJob(providerId, usage);
        network.answered(providerId);
      });
      return result;
    },
    'providers.choose': ({ role, choice }) => {
      if (choice === null) providers.choose(role, null, now());
      else {
        const { providerId, modelId } = choice;
        providers.choose(role, { providerId, modelId, contextTokens: contextOf(found(providerId), modelId, choice.contextTokens) }, now());
      }
      chosen();
      return changed().choices;
    },
    'providers.price': ({ providerId, modelId, price }) => {
      found(providerId);
      providers.setPrice(providerId, modelId, price, now());
      return changed().prices;
    },
    'providers.probe': async (_, { signal }) => {
      const known = new Set(providers.list().map(({ baseUrl }) => baseUrl));
      const wanted = localProgram.options
        .map(program => ({ program, origin: places[program] }))
        .filter(({ origin }) => !known.has(`${origin}/v1`));
      if (wanted.length === 0) return { found: [] };
      return { found: (await ask({ ask: 'probe', places: wanted }, signal)).found };
    },
  };
}
