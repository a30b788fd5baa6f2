import type { ProviderId } from '../../../shared/domain/ids.ts';
import {
  assumedContextTokens,
  type Answering,
  type ModelChoice,
  type ModelConnection,
  type ModelRole,
  type ProviderConnection,
  type ProvidersView,
  type ProviderView,
} from '../../../shared/domain/provider.ts';
import type { SynopsisModel } from '../../../shared/domain/synopsis-model.ts';
import type { Providers, StoredProvider } from '../../store/providers/provider-repository.ts';
import type { KnownPrice } from '../../../shared/domain/price.ts';
import type { Secrets } from '../secrets/secrets.ts';
import { readEndpointUrl } from './endpoint-url.ts';
import { priceOfModel } from './price-of-model.ts';

/** What the program can have answered by a model, and what a worker is given for it. */
export interface Models {
  /** The one gate: whatever needs a model for the chat, or for another role, asks here first. */
  canAnswer(role?: ModelRole): Answering;
  /** The choice of a role; a synopsis without a model of its own takes the chat's. */
  choiceFor(role: ModelRole): ModelChoice | null;
  /**
   * What a worker is given to call the model of a role; null when there is none or its key cannot be opened here.
   * SECURITY: for the input of a task alone, made when the job is claimed.
   */
  connectionFor(role: ModelRole): ModelConnection | null;
  /** The same for a model as such; null when its provider is gone. */
  connectionTo(choice: ModelChoice): ModelConnection | null;
  /**
   * What a synopsis may be made with: the choice for synopses, and behind it the chat's as one that may take its place. Empty
   * where there is none. SECURITY: as `connectionFor`; and what goes to a model on this machine does not leave it because that
   * model has failed.
   */
  synopsisModels(): SynopsisModel[];
  /** What pictures are read by: the choice for them and no other, since not every model sees. SECURITY: as `connectionFor`. */
  visionModel(): SynopsisModel | null;
  /** The same for a provider as such. */
  providerConnection(id: ProviderId): ProviderConnection | null;
  /** What is known of a model's price; null where its provider is gone. */
  priceOf(of: Pick<ModelChoice, 'providerId' | 'modelId'>): KnownPrice | null;
  view(provider: StoredProvider): ProviderView;
  all(): ProvidersView;
}

/** OpenRouter shows these to the person in their own account; nobody else reads them. */
const programHeaders = { 'x-title': 'Konspekt' } as const;

export function createModels({ providers, secrets }: { readonly providers: Providers; readonly secrets: Secrets }): Models {
  function choiceFor(role: ModelRole): ModelChoice | null {
    const choices = providers.choices();
    return choices[role] ?? (role === 'synopsis' ? choices.chat : null) ?? null;
  }

  function providerConnection(id: ProviderId): ProviderConnection | null {
    const provider = providers.find(id);
    if (provider === null) return null;
    const apiKey = secrets.read(id);
    if (apiKey === null && secrets.has(id)) return null;
    return { providerId: id, kind: provider.kind, baseUrl: provider.baseUrl, apiKey, headers: programHeaders };
  }

  function connectionFor(role: ModelRole): ModelConnection | null {
    const choice = choiceFor(role);
    return choice === null ? null : connectionTo(choice);
  }

  function connectionTo(choice: ModelChoice): ModelConnection | null {
    const connection = providerConnection(choice.providerId);
    if (connection === null) return null;
    return { ...connection, modelId: choice.modelId, contextTokens: choice.contextTokens, price: priceOf(choice)?.price ?? null };
  }

  function named(role: ModelRole): SynopsisModel | null {
    const connection = connectionFor(role);
    const provider = connection === null ? null : providers.find(connection.providerId);
    return connection === null || provider === null ? null : { provider: provider.name, connection };
  }

  function canAnswer(role: ModelRole = 'chat'): Answering {
    const choice = choiceFor(role);
    if (choice === null) return { can: false, reason: providers.list().length === 0 ? 'no_provider' : 'no_model' };
    const provider = providers.find(choice.providerId);
    if (provider === null) return { can: false, reason: 'no_provider' };
    if (secrets.has(provider.id) && secrets.read(provider.id) === null) return { can: false, reason: 'key_missing' };
    return { can: true, provider: provider.name, modelId: choice.modelId };
  }

  function view({ id, kind, name, baseUrl, models, modelsSeenAtMs }: StoredProvider): ProviderView {
    return { id, kind, name, baseUrl, hasKey: secrets.has(id), models: [...models], modelsSeenAtMs };
  }

  function priceOf({ providerId, modelId }: Pick<ModelChoice, 'providerId' | 'modelId'>): KnownPrice | null {
    const provider = providers.find(providerId);
    return provider === null ? null : priceOfModel(provider, modelId, providers.price(providerId, modelId));
  }

  /** Of each model once, whatever it is chosen for. */
  function chosenPrices(): KnownPrice[] {
    const known = Object.values(providers.choices()).flatMap(choice => priceOf(choice) ?? []);
    return [...new Map(known.map(price => [`${price.providerId} ${price.modelId}`, price])).values()];
  }

  return {
    canAnswer,
    choiceFor,
    providerConnection,
    connectionFor,
    connectionTo,
    synopsisModels() {
      const found = (['synopsis', 'chat'] as const).flatMap(role => named(role) ?? []);
      const choice = choiceFor('synopsis');
      const chosen = choice === null ? null : providers.find(choice.providerId);
      if (choice === null || chosen === null) return [];
      // Held against what was chosen, and not against what could be opened: a locked keyring sends nothing elsewhere either.
      const isChosen = ({ connection }: SynopsisModel) =>
        connection.providerId === choice.providerId && connection.modelId === choice.modelId;
      return found.filter((each, at) =>
        isChosen(each) ? found.findIndex(isChosen) === at : mayReplace(chosen.baseUrl, each.connection.baseUrl),
      );
    },
    visionModel: () => named('vision'),
    priceOf,
    view,
    all: () => ({
      providers: providers.list().map(view),
      choices: providers.choices(),
      prices: chosenPrices(),
      answering: canAnswer(),
      secrets: secrets.state(),
    }),
  };
}

function mayReplace(chosen: string, other: string): boolean {
  return !isOnThisMachine(chosen) || isOnThisMachine(other);
}

function isOnThisMachine(baseUrl: string): boolean {
  const address = readEndpointUrl(baseUrl, false);
  return address.ok && address.isLoopback;
}

/** Keys of what is not there any more, after a restored backup or a removal that was cut off, are forgotten; `others` are kept. */
export function forgetOrphanedKeys({
  providers,
  secrets,
  others,
}: {
  readonly providers: Pick<Providers, 'list'>;
  readonly secrets: Secrets;
  readonly others: readonly string[];
}): void {
  secrets.keepOnly(new Set([...providers.list().map(({ id }) => id), ...others]));
}

/** The size of a model's context: what the person says, what the endpoint told, what is commonly so. */
export function contextOf(provider: StoredProvider, modelId: string, said: number | null): number {
  return said ?? provider.models.find(({ id }) => id === modelId)?.contextTokens ?? assumedContextTokens[provider.kind];
}
