import type { Language } from '../../shared/domain/language.ts';
import type { ModelPrice } from '../../shared/domain/price.ts';
import type { Answering, ModelRole } from '../../shared/domain/provider.ts';
import { spokenLanguage } from '../app/spoken-language.ts';

/** What `konspekt models` says. */
export interface ModelWords {
  readonly none: string;
  readonly withKey: string;
  readonly notListed: string;
  readonly context: (tokens: number) => string;
  readonly role: (role: ModelRole, model: string, provider: string) => string;
  readonly price: (price: ModelPrice | null) => string;
  readonly priced: (model: string, input: number, output: number) => string;
  readonly priceForgotten: (model: string) => string;
  readonly priceNeedsBoth: string;
  readonly noRole: (role: ModelRole) => string;
  readonly answering: Readonly<Record<Extract<Answering, { can: false }>['reason'], string>>;
  readonly added: (name: string, models: number) => string;
  readonly addedSilent: (name: string, reason: string) => string;
  readonly weak: string;
  readonly tested: (model: string, firstMs: number) => string;
  readonly removed: (name: string) => string;
  readonly noSuchProvider: (name: string) => string;
  readonly severalProviders: (name: string) => string;
  readonly needsAddress: string;
  readonly needsModel: (name: string) => string;
  readonly noKeyInVariable: (name: string) => string;
  readonly noKeyOnInput: string;
}

const ru: ModelWords = {
  none: 'Поставщиков нет. Добавьте: konspekt models add http://127.0.0.1:11434/v1 --name Ollama',
  withKey: 'с ключом',
  notListed: 'список моделей не получен',
  context: tokens => `контекст ${tokens}`,
  role: (role, model, provider) => `${role}: ${model} (${provider})`,
  price: price =>
    price === null
      ? 'цена неизвестна'
      : price.input === 0 && price.output === 0
        ? 'бесплатно'
        : `${price.input} / ${price.output} $ за миллион токенов`,
  priced: (model, input, output) => `${model}: ${input} $ за миллион токенов входа, ${output} $ за миллион токенов ответа`,
  priceForgotten: model => `${model}: ваша цена забыта`,
  priceNeedsBoth: 'Назовите обе цены: --input и --output.',
  noRole: role => `${role}: —`,
  answering: {
    no_provider: 'Модели нет: программа отвечает словами документов.',
    no_model: 'Модель для чата не выбрана. Выберите: konspekt models use chat <поставщик> <модель>',
    key_missing: 'Ключ поставщика здесь не открыть: добавьте его заново.',
  },
  added: (name, models) => `${name}: добавлен, моделей: ${models}`,
  addedSilent: (name, reason) => `${name}: добавлен, но список моделей не получен. ${reason}`,
  weak: 'Здесь нет хранилища ключей: ключ зашифрован, а файл с шифром лежит рядом в папке данных. Его защищают только права вашей учётной записи.',
  tested: (model, firstMs) => `${model} отвечает, первое слово через ${firstMs} мс`,
  removed: name => `${name}: удалён вместе с ключом`,
  noSuchProvider: name => `Поставщика «${name}» нет. См.: konspekt models list`,
  severalProviders: name => `Поставщиков «${name}» несколько. Назовите точнее или дайте идентификатор из konspekt models list --json`,
  needsAddress: 'Назовите адрес поставщика или его вид: --kind openai | anthropic | google',
  needsModel: name => `Назовите модель поставщика «${name}». См.: konspekt models list`,
  noKeyInVariable: name => `В переменной окружения ${name} ничего нет.`,
  noKeyOnInput: 'Ключ ждут из стандартного ввода, например: konspekt models add … --key-stdin < файл',
};

const en: ModelWords = {
  none: 'There are no providers. Add one: konspekt models add http://127.0.0.1:11434/v1 --name Ollama',
  withKey: 'with a key',
  notListed: 'not asked for its models yet',
  context: tokens => `context ${tokens}`,
  role: (role, model, provider) => `${role}: ${model} (${provider})`,
  price: price =>
    price === null
      ? 'price not known'
      : price.input === 0 && price.output === 0
        ? 'free of charge'
        : `$${price.input} / $${price.output} a million tokens`,
  priced: (model, input, output) => `${model}: $${input} for a million tokens of input, $${output} for a million it writes`,
  priceForgotten: model => `${model}: your price is forgotten`,
  priceNeedsBoth: 'Give both prices: --input and --output.',
  noRole: role => `${role}: —`,
  answering: {
    no_provider: 'There is no model: the program answers in the words of the documents.',
    no_model: 'No model is chosen for the chat. Choose one: konspekt models use chat <provider> <model>',
    key_missing: 'The provider’s key cannot be opened here: add it again.',
  },
  added: (name, models) => `${name}: added, models: ${models}`,
  addedSilent: (name, reason) => `${name}: added, but it did not tell its models. ${reason}`,
  weak: 'There is no keyring here: the key is encrypted, and what opens it lies beside it in the data folder. Only the rights of your account protect it.',
  tested: (model, firstMs) => `${model} answers, its first word after ${firstMs} ms`,
  removed: name => `${name}: removed, with its key`,
  noSuchProvider: name => `There is no provider "${name}". See: konspekt models list`,
  severalProviders: name => `There are several providers "${name}". Be more exact, or give the id from konspekt models list --json`,
  needsAddress: 'Give the address of the provider, or its kind: --kind openai | anthropic | google',
  needsModel: name => `Name a model of the provider "${name}". See: konspekt models list`,
  noKeyInVariable: name => `The environment variable ${name} is empty.`,
  noKeyOnInput: 'The key is expected on standard input, as in: konspekt models add … --key-stdin < file',
};

const words: Readonly<Record<Language, ModelWords>> = { ru, en };

export function modelWordsFor(locale: string): ModelWords {
  return words[spokenLanguage(locale)];
}
