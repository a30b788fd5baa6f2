import type { PriceOrigin } from '../../shared/domain/price.ts';
import type { Answering, LocalProgram, ModelRole, ProviderKind } from '../../shared/domain/provider.ts';

/** Sentences about providers and models. */
export interface ModelMessages {
  readonly models: {
    readonly title: string;
    readonly providers: string;
    readonly add: string;
    readonly addTitle: string;
    readonly editTitle: string;
    readonly empty: string;
    readonly emptyLead: string;
    readonly looking: string;
    readonly lookAgain: string;
    readonly nothingFound: string;
    readonly found: (program: string, models: number) => string;
    readonly foundNoModels: (program: string) => string;
    readonly use: string;
    readonly useFound: (program: string) => string;
    readonly program: Readonly<Record<LocalProgram, string>>;
    readonly kind: string;
    readonly kinds: Readonly<Record<ProviderKind, string>>;
    readonly name: string;
    readonly address: string;
    readonly addressHint: string;
    readonly key: string;
    readonly keyHint: string;
    readonly keyKept: string;
    readonly removeKey: string;
    readonly weak: string;
    readonly acceptWeak: string;
    readonly unavailable: string;
    readonly save: string;
    readonly back: string;
    readonly edit: (name: string) => string;
    readonly remove: (name: string) => string;
    readonly removeTitle: (name: string) => string;
    readonly removeText: string;
    readonly removeYes: string;
    readonly removeNo: string;
    readonly modelCount: (count: number) => string;
    readonly notAsked: string;
    readonly refresh: (name: string) => string;
    readonly refreshing: string;
    readonly test: (name: string) => string;
    readonly testShort: string;
    readonly testing: string;
    readonly tested: (model: string, time: string) => string;
    readonly roles: string;
    readonly rolesHint: string;
    /** Of the choice in the head of a chat. */
    readonly chatModel: string;
    readonly chatModelHint: string;
    readonly chatModelMore: string;
    readonly role: Readonly<Record<ModelRole, string>>;
    readonly meaning: (done: number, total: number, isWorking: boolean) => string;
    readonly meaningLoading: string;
    readonly meaningStopped: (message: string) => string;
    readonly roleNone: Readonly<Record<ModelRole, string>>;
    readonly context: (role: string) => string;
    readonly contextLabel: string;
    readonly contextHint: string;
    readonly contextSmall: string;
    /** An amount of dollars. */
    readonly usd: (amount: string) => string;
    readonly price: (input: string, output: string, cached: string | null) => string;
    readonly priceUpTo: (tokens: string) => string;
    readonly priceFrom: Readonly<Record<Exclude<PriceOrigin, 'table' | 'this_machine'>, string>>;
    readonly priceFromTable: (host: string, day: string) => string;
    readonly priceFree: string;
    readonly priceUnknown: string;
    readonly priceOf: (action: string, role: string) => string;
    readonly priceSet: string;
    readonly priceChange: string;
    readonly priceTitle: (model: string) => string;
    readonly priceHint: string;
    readonly priceInput: string;
    readonly priceOutput: string;
    readonly priceCached: string;
    readonly priceCachedHint: string;
    readonly priceForget: string;
    readonly badPrice: string;
    readonly answering: {
      readonly yes: (model: string, provider: string) => string;
      readonly no: Readonly<Record<Extract<Answering, { can: false }>['reason'], string>>;
    };
    readonly connect: string;
    readonly connectHint: string;
    /** There are providers, and yet no model that answers. */
    readonly choose: string;
    readonly manage: string;
  };
}
