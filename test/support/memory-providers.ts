import type { CallArgs, CallName, CallOutput } from '../../src/shared/contract/contract.ts';
import { providerId } from '../../src/shared/domain/ids.ts';
import { freeOfCharge, type KnownPrice, type ModelPrice } from '../../src/shared/domain/price.ts';
import {
  defaultBaseUrls,
  type Answering,
  type LocalServer,
  type ModelChoice,
  type ModelRole,
  type ProvidersView,
  type ProviderView,
} from '../../src/shared/domain/provider.ts';

interface MemoryProvidersDeps {
  readonly now: () => number;
  readonly uuid: () => string;
  readonly refuse: (code: 'not_found' | 'network' | 'unauthorized') => never;
  readonly changed: (view: ProvidersView) => void;
  readonly revision: () => number;
}

type ProviderCall = Extract<CallName, `providers.${string}`>;
type ProviderHandlers = { readonly [N in ProviderCall]: (args: CallArgs<N>) => CallOutput<N> };

/** Models that every provider of the host in memory has. */
const listed = [
  { id: 'qwen3:8b', contextTokens: 32_768 },
  { id: 'llama3.2:3b', contextTokens: 8_192 },
  { id: 'nomic-embed-text', contextTokens: null },
] as const;

/** Providers of the host in memory. A key that begins with "bad" is not accepted. */
export function createMemoryProviders({ now, uuid, refuse, changed, revision }: MemoryProvidersDeps) {
  const providers = new Map<string, ProviderView>();
  const badKeys = new Set<string>();
  const said = new Map<string, ModelPrice>();
  const placeOf = (id: string, modelId: string): string => `${id} ${modelId}`;
  let choices: Partial<Record<ModelRole, ModelChoice>> = {};
  let found: LocalServer[] = [];
  let secrets: ProvidersView['secrets'] = 'strong';

  function answering(): Answering {
    const choice = choices.chat;
    const provider = choice === undefined ? undefined : providers.get(choice.providerId);
    if (choice === undefined || provider === undefined) return { can: false, reason: providers.size === 0 ? 'no_provider' : 'no_model' };
    return { can: true, provider: provider.name, modelId: choice.modelId };
  }
  const prices = (): KnownPrice[] => {
    const chosen = new Map(
      Object.values(choices).map(({ providerId: id, modelId }) => [placeOf(id, modelId), { providerId: id, modelId }]),
    );
    return [...chosen].map(([place, of]) => {
      const own = said.get(place) ?? null;
      const isHere = providers.get(of.providerId)?.baseUrl.includes('127.0.0.1') ?? false;
      const price = own ?? (isHere ? freeOfCharge : null);
      return { ...of, price, from: own !== null ? 'person' : isHere ? 'this_machine' : null, asOf: null, source: null };
    });
  };
  const view = (): ProvidersView => ({ providers: [...providers.values()], choices, prices: prices(), answering: answering(), secrets });
  const have = (id: string): ProviderView => providers.get(id) ?? refuse('not_found');
  function put(provider: ProviderView): ProviderView {
    providers.set(provider.id, provider);
    changed(view());
    return provider;
  }

  const handlers: ProviderHandlers = {
    'providers.list': () => ({ ...view(), revision: revision() }),
    'providers.save': ({ providerId: id, kind, name, baseUrl, key }) => {
      const before = id === null ? null : have(id);
      const saved = before?.id ?? providerId.parse(uuid());
      if (key.is === 'new' && key.value.startsWith('bad')) badKeys.add(saved);
      return put({
        id: saved,
        kind,
        name,
        baseUrl: baseUrl ?? defaultBaseUrls[kind] ?? '',
        hasKey: key.is === 'new' || (key.is === 'kept' && (before?.hasKey ?? false)),
        models: before?.models ?? [],
        modelsSeenAtMs: before?.modelsSeenAtMs ?? null,
      });
    },
    'providers.remove': ({ providerId: id }) => {
      have(id);
      providers.delete(id);
      choices = Object.fromEntries(Object.entries(choices).filter(([, choice]) => choice.providerId !== id));
      changed(view());
      return {};
    },
    'providers.models': ({ providerId: id }) => {
      if (badKeys.has(id)) return refuse('unauthorized');
      return put({ ...have(id), models: [...listed], modelsSeenAtMs: now() });
    },
    'providers.test': ({ providerId: id }) => {
      have(id);
      return badKeys.has(id) ? refuse('unauthorized') : { firstMs: 420, wholeMs: 510, text: 'OK.' };
    },
    'providers.choose': ({ role, choice }) => {
      const { [role]: _, ...rest } = choices;
      choices = choice === null ? rest : { ...rest, [role]: { ...choice, contextTokens: choice.contextTokens ?? 4_096 } };
      changed(view());
      return choices;
    },
    'providers.price': ({ providerId: id, modelId, price }) => {
      have(id);
      if (price === null) said.delete(placeOf(id, modelId));
      else said.set(placeOf(id, modelId), price);
      changed(view());
      return view().prices;
    },
    'providers.probe': () => ({ found: found.filter(each => ![...providers.values()].some(({ baseUrl }) => baseUrl === each.baseUrl)) }),
  };
  return {
    handlers,
    view,
    findOllama(): void {
      found = [{ program: 'ollama', baseUrl: 'http://127.0.0.1:11434/v1', models: [...listed] }];
    },
    /** Two providers, with models for the chat and for embeddings. */
    fill(): void {
      const common = { requestKey: '', providerId: null } as const;
      const local = handlers['providers.save']({
        ...common,
        kind: 'openai_compatible',
        name: 'Ollama',
        baseUrl: 'http://127.0.0.1:11434/v1',
        key: { is: 'kept' },
      });
      handlers['providers.models']({ providerId: local.id });
      const service = { kind: 'anthropic', name: 'Anthropic', baseUrl: null, key: { is: 'new', value: 'bad', acceptWeak: false } } as const;
      handlers['providers.save']({ ...common, ...service });
      const [chat, , embeddings] = listed;
      handlers['providers.choose']({ role: 'chat', choice: { providerId: local.id, modelId: chat.id, contextTokens: chat.contextTokens } });
      handlers['providers.choose']({ role: 'embeddings', choice: { providerId: local.id, modelId: embeddings.id, contextTokens: null } });
    },
    setSecrets(next: ProvidersView['secrets']): void {
      secrets = next;
    },
  };
}
