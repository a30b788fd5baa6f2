import type { ModelMessages } from './model-messages.ts';
import { pluralIn } from '../../shared/domain/plural.ts';

const n = pluralIn('en');
const models = (count: number) => n(count, { one: '# model', other: '# models' });

export const modelEn: ModelMessages = {
  models: {
    title: 'Models',
    providers: 'Providers',
    add: 'Add a provider',
    addTitle: 'New provider',
    editTitle: 'Provider',
    empty: 'No providers yet',
    emptyLead: 'A program on this computer will do, or a service with a key. The key stays on this machine.',
    looking: 'Looking for Ollama and LM Studio on this computer…',
    lookAgain: 'Look again',
    nothingFound: 'Neither Ollama nor LM Studio is running on this computer.',
    found: (program, count) => `${program} was found: ${models(count)}.`,
    foundNoModels: program => `${program} was found, and it has no models. Download one and look again.`,
    use: 'Connect',
    useFound: program => `Connect ${program}`,
    program: { ollama: 'Ollama', lm_studio: 'LM Studio' },
    kind: 'Kind',
    kinds: { openai_compatible: 'OpenAI-compatible', openai: 'OpenAI', anthropic: 'Anthropic', google: 'Google' },
    name: 'Name',
    address: 'Address',
    addressHint: 'Ollama, LM Studio, llama.cpp, OpenRouter or a server of your own. It usually ends in /v1.',
    key: 'Key',
    keyHint: 'A program on this computer usually needs none.',
    keyKept: 'A key is saved. Enter another one to replace it.',
    removeKey: 'Forget the key',
    weak: 'This system has no keyring. The key will be encrypted, but what opens it lies beside it: only the rights of your account protect it.',
    acceptWeak: 'Keep the key like this',
    unavailable: 'There is no place for a key: the key file in the data folder is damaged or cannot be read.',
    save: 'Save',
    back: 'Cancel',
    edit: name => `Edit: ${name}`,
    remove: name => `Remove: ${name}`,
    removeTitle: name => `Remove the provider “${name}”?`,
    removeText: 'Its key and the choice of its models will be forgotten. Chats and synopses stay.',
    removeYes: 'Remove',
    removeNo: 'Cancel',
    modelCount: models,
    notAsked: 'It has not been asked for its models yet.',
    refresh: name => `Refresh the list of models: ${name}`,
    refreshing: 'Asking for the models…',
    test: name => `Test: ${name}`,
    testShort: 'Test',
    testing: 'Waiting for the model to answer…',
    tested: (model, time) => `${model} answers, its first word after ${time}.`,
    roles: 'Who does what',
    rolesHint:
      'The chat and synopses use a model. A synopsis without a model of its own takes the chat’s, which also takes the place of one that fails, unless that one is on this machine and the chat’s is not. The model for images reads pictures and scanned pages, which stay unread without one. A model for search by meaning finds what is said in other words, too.',
    role: { chat: 'Chat', synopsis: 'Synopsis', vision: 'Images', embeddings: 'Search by meaning' },
    meaning: (done, total, isWorking) =>
      total === 0
        ? 'There is no material to search yet.'
        : done >= total
          ? `Everything is ready for search by meaning: ${total} passages.`
          : `Ready for search by meaning: ${done} of ${total} passages${isWorking ? ', the rest is being prepared' : ''}. Words find all of them.`,
    meaningLoading: 'The index of meaning is still being loaded; until then a search is by words alone.',
    meaningStopped: message => `Preparing has stopped: ${message} It can be retried in the list of tasks.`,
    roleNone: { chat: 'No model', synopsis: 'No model', vision: 'No model', embeddings: 'No model' },
    context: role => `Context, in tokens: ${role}`,
    contextLabel: 'Context, tokens',
    contextHint:
      'How much text the model sees at once. A program on this computer cuts off what is too much without a word, so enter what is set there.',
    contextSmall:
      'Not all tools of the assistant fit into such a context, and little of a conversation is remembered. If the model is set to a larger one, enter that.',
    usd: amount => `$${amount}`,
    price: (input, output, cached) =>
      `For a million tokens: input ${input}, output ${output}${cached === null ? '' : `, cached input ${cached}`}.`,
    priceUpTo: tokens => `That is up to ${tokens} tokens of input; beyond, the price is not known.`,
    priceFrom: { person: 'You entered this price.', endpoint: 'The provider lists this price.' },
    priceFromTable: (host, day) => `According to ${host} on ${day}.`,
    priceFree: 'The model runs on this computer and costs no money.',
    priceUnknown: 'The price is not known: only tokens are counted, and limits of money do not hold for this model.',
    priceOf: (action, role) => `${action}: price of the model, ${role}`,
    priceSet: 'Enter the price',
    priceChange: 'Change',
    priceTitle: model => `Price of the model ${model}`,
    priceHint: 'US dollars for a million tokens, as on the provider’s page of prices.',
    priceInput: 'Input',
    priceOutput: 'Output',
    priceCached: 'Cached input',
    priceCachedHint: 'Empty: the same as other input.',
    priceForget: 'Forget my price',
    badPrice: 'Enter a number, such as 2.5.',
    answering: {
      yes: (model, provider) => `${model} (${provider}) answers in chats.`,
      no: {
        no_provider: 'There is no model: the program answers in the words of the documents.',
        no_model: 'No model is chosen for the chat: the program answers in the words of the documents.',
        key_missing: 'The provider’s key cannot be opened here: enter it again.',
      },
    },
    connect: 'Connect a model',
    connectHint: 'A program on this computer, or a service with a key. The model will answer in chats.',
    choose: 'Choose a model',
    manage: 'Providers and models',
  },
};
