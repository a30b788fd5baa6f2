import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Client } from '../../shared/contract/client.ts';
import type { CallInput } from '../../shared/contract/contract.ts';
import type { ProviderId } from '../../shared/domain/ids.ts';
import type { ModelPrice } from '../../shared/domain/price.ts';
import {
  runsElsewhere,
  type LocalServer,
  type ModelRole,
  type ModelTest,
  type ProvidersView,
  type ProviderView,
} from '../../shared/domain/provider.ts';
import { followRevision } from './follow-revision.ts';

export interface ModelsState {
  /** Null until they were read. */
  readonly view: ProvidersView | null;
  /** Why they could not be read, as an error code. */
  readonly failure: string | null;
  /** Programs of this machine that are not among the providers; null while they are looked for or were not. */
  readonly found: readonly LocalServer[] | null;
  readonly isLooking: boolean;
}

/** A provider as a person sets it up; without an id it is a new one. */
export type ProviderDraft = Omit<CallInput<'providers.save'>, 'requestKey'>;
export type RoleChoice = NonNullable<CallInput<'providers.choose'>['choice']>;
type Outcome<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly code: string };

export interface ModelsStore extends StoreApi<ModelsState> {
  reload(): Promise<void>;
  /** Saves it and asks it for its models. `listed` says why those could not be had, as an error code. */
  save(draft: ProviderDraft): Promise<Outcome<{ readonly provider: ProviderView; readonly listed: string | null }>>;
  remove(providerId: ProviderId): Promise<string | null>;
  refresh(providerId: ProviderId): Promise<string | null>;
  choose(role: ModelRole, choice: RoleChoice | null): Promise<string | null>;
  /** What the person pays for a model; null for what is published. */
  setPrice(providerId: ProviderId, modelId: string, price: ModelPrice | null): Promise<string | null>;
  test(providerId: ProviderId, modelId: string): Promise<Outcome<ModelTest>>;
  /** Looks for programs of this machine; once a window unless `again`. */
  look(options?: { readonly again: boolean }): Promise<void>;
  /** One click: the program becomes a provider, and roles without a model get one of its own. */
  connect(server: LocalServer, name: string): Promise<string | null>;
}

/** How embedding models are commonly named; they cannot chat. */
export const isForEmbeddings = (id: string): boolean => /embed/iu.test(id);

/** Names of this machine, as the program itself takes them for addresses of providers. */
const loopbackHost = /^(?:localhost|(?:[\w-]+\.)+localhost|127(?:\.\d{1,3}){3}|\[::1\])$/u;

/** Whose machines get the texts of chats; null while they stay on this one. */
export function textsGoTo(view: ProvidersView | null): string | null {
  if (!view?.answering.can) return null;
  const { choices, providers, answering } = view;
  const baseUrl = providers.find(({ id }) => id === choices.chat?.providerId)?.baseUrl ?? '';
  const isHere = URL.canParse(baseUrl) && loopbackHost.test(new URL(baseUrl).hostname);
  return isHere && !runsElsewhere(answering.modelId) ? null : answering.provider;
}

export function createModelsStore(client: Client): ModelsStore {
  const store = createStore<ModelsState>(() => ({ view: null, failure: null, found: null, isLooking: false }));
  const follower = followRevision({
    async load() {
      const result = await client.call('providers.list', {});
      if (!result.ok) store.setState({ failure: result.error.code });
      return result.ok ? result.value : null;
    },
    onSnapshot: view => store.setState({ view, failure: null }),
    onEvent: (view: ProvidersView & { revision: number }) => store.setState({ view }),
  });
  client.onEvent('providers.changed', follower.take);
  let hasLooked = false;

  async function refresh(providerId: ProviderId): Promise<string | null> {
    const result = await client.call('providers.models', { providerId });
    return result.ok ? null : result.error.code;
  }
  async function save(draft: ProviderDraft): ReturnType<ModelsStore['save']> {
    const saved = await client.call('providers.save', { ...draft, requestKey: crypto.randomUUID() });
    if (!saved.ok) return { ok: false, code: saved.error.code };
    return { ok: true, value: { provider: saved.value, listed: await refresh(saved.value.id) } };
  }
  async function choose(role: ModelRole, choice: RoleChoice | null): Promise<string | null> {
    const result = await client.call('providers.choose', { role, choice });
    return result.ok ? null : result.error.code;
  }

  return {
    ...store,
    reload: follower.reload,
    save,
    refresh,
    choose,
    async remove(providerId) {
      const result = await client.call('providers.remove', { providerId });
      return result.ok ? null : result.error.code;
    },
    async setPrice(providerId, modelId, price) {
      const result = await client.call('providers.price', { providerId, modelId, price });
      return result.ok ? null : result.error.code;
    },
    async test(providerId, modelId) {
      const result = await client.call('providers.test', { providerId, modelId });
      return result.ok ? { ok: true, value: result.value } : { ok: false, code: result.error.code };
    },
    async look({ again } = { again: false }) {
      if (store.getState().isLooking || (hasLooked && !again)) return;
      hasLooked = true;
      store.setState({ isLooking: true });
      const result = await client.call('providers.probe', {});
      store.setState({ isLooking: false, found: result.ok ? result.value.found : [] });
    },
    async connect({ baseUrl, models }, name) {
      const saved = await save({ kind: 'openai_compatible', name, baseUrl, key: { is: 'kept' } });
      if (!saved.ok) return saved.code;
      store.setState(({ found }) => ({ found: found?.filter(each => each.baseUrl !== baseUrl) ?? null }));
      const providerId = saved.value.provider.id;
      const choices = store.getState().view?.choices ?? {};
      const chat = models.find(({ id }) => !isForEmbeddings(id));
      const embeddings = models.find(({ id }) => isForEmbeddings(id));
      const failures = [
        chat && !choices.chat ? await choose('chat', { providerId, modelId: chat.id }) : null,
        embeddings && !choices.embeddings ? await choose('embeddings', { providerId, modelId: embeddings.id }) : null,
      ];
      return failures.find(code => code !== null) ?? null;
    },
  };
}
