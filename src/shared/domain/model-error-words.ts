import type { Language } from './language.ts';
import type { EndpointFault, ModelFailureCode } from './provider.ts';

/** Refusals of the program itself while a provider is set up. */
type SetUpError =
  | 'worker_unavailable'
  | 'key_missing'
  | 'too_many_providers'
  | 'key_for_another_address'
  | 'secrets_weak'
  | 'secrets_unavailable';

export type ModelErrorCode = ModelFailureCode | EndpointFault | SetUpError;

/** What went wrong with a model or its provider and what helps; the window and the command line say the same. */
export const modelErrorWords: Readonly<Record<Language, Readonly<Record<ModelErrorCode, string>>>> = {
  ru: {
    rate_limited: 'Поставщик просит подождать: слишком много запросов. Программа повторит сама, когда он разрешит.',
    no_credit: 'У поставщика закончились деньги или квота. Пополните счёт и повторите.',
    unauthorized: 'Поставщик не принял ключ. Проверьте ключ и введите его заново.',
    wrong_address: 'По этому адресу отвечает не поставщик моделей. Проверьте адрес: обычно он заканчивается на /v1.',
    model_not_found: 'У поставщика нет такой модели. Обновите список моделей и выберите другую.',
    context_too_long: 'Текст не помещается в контекст модели. Разделите материал или выберите модель с бо́льшим контекстом.',
    refused_request: 'Поставщик отклонил запрос. Выберите другую модель или посмотрите подробности в журнале задачи.',
    provider_error: 'У поставщика неполадки. Повторите немного позже.',
    network: 'Поставщик недоступен. Проверьте сеть, а для модели на этом компьютере — запущена ли её программа.',
    stream_cut: 'Ответ оборвался на середине. Повторите.',
    bad_answer: 'Ответ поставщика не удалось прочитать. Проверьте адрес и вид поставщика, затем повторите.',
    answer_empty: 'Модель ничего не ответила. Повторите, измените вопрос или выберите другую модель.',
    answer_only_calls:
      'Модель вызывала инструменты вместо ответа, хотя больше их вызвать нельзя. Задайте вопрос поконкретнее или выберите другую модель.',
    answer_cut: 'Ответ достиг предельной длины и не закончен. Попросите короче или по частям.',
    answer_blocked: 'Поставщик не выдал ответ из-за своих правил. Измените вопрос или выберите другую модель.',
    model_timeout: 'Модель не ответила вовремя. Повторите; большая модель может долго загружаться.',
    not_an_address: 'Это не похоже на адрес. Он начинается с http:// или https://.',
    not_http: 'Адрес начинается с http:// или https://.',
    has_credentials: 'Уберите имя и пароль из адреса, а ключ введите в своём поле.',
    has_query: 'Уберите из адреса всё, что идёт после знака вопроса или решётки.',
    key_in_the_clear: 'Ключ ушёл бы по сети незашифрованным. Возьмите адрес, который начинается с https://.',
    forbidden_address: 'Это служебный адрес, по нему ничего нужного нет. Возьмите другой.',
    worker_unavailable: 'Процесс, который это делает, сейчас занят. Повторите через минуту.',
    key_missing: 'Ключ сохранён другим способом, и здесь его не открыть. Введите его заново.',
    too_many_providers: 'Поставщиков уже слишком много. Удалите ненужного.',
    key_for_another_address: 'Ключ был дан для другого адреса. Введите ключ для нового адреса.',
    secrets_weak: 'В системе нет хранилища ключей. Подтвердите, что ключ можно хранить в файле, который читаете только вы.',
    secrets_unavailable: 'Ключ негде хранить: файл ключа в папке данных повреждён или недоступен. Верните его или удалите.',
  },
  en: {
    rate_limited: 'The provider asks to wait: there were too many requests. The program goes on by itself when it may.',
    no_credit: 'The provider’s credit or quota is used up. Top it up and retry.',
    unauthorized: 'The provider did not accept the key. Check the key and enter it again.',
    wrong_address: 'What answers at this address is no provider of models. Check the address: it usually ends in /v1.',
    model_not_found: 'The provider has no such model. Refresh the list of models and choose another one.',
    context_too_long: 'The text does not fit into the model’s context. Divide the material, or choose a model with a larger context.',
    refused_request: 'The provider refused the request. Choose another model, or look at the details in the task’s log.',
    provider_error: 'The provider has trouble. Retry a little later.',
    network: 'The provider cannot be reached. Check the network, or whether the program of a model on this computer is running.',
    stream_cut: 'The answer broke off in the middle. Retry.',
    bad_answer: 'The provider’s answer could not be read. Check the address and the kind of provider, then retry.',
    answer_empty: 'The model answered with nothing. Retry, change the question or choose another model.',
    answer_only_calls:
      'The model went on calling tools instead of answering, though no call was left. Make the question narrower, or choose another model.',
    answer_cut: 'The answer reached its longest length before it was finished. Ask for less, or part by part.',
    answer_blocked: 'The provider withheld the answer by its own rules. Change the question, or choose another model.',
    model_timeout: 'The model did not answer in time. Retry; a large model may take long to load.',
    not_an_address: 'This does not look like an address. It begins with http:// or https://.',
    not_http: 'The address begins with http:// or https://.',
    has_credentials: 'Take the name and the password out of the address, and enter the key in its own field.',
    has_query: 'Take away what follows the question mark or the hash sign in the address.',
    key_in_the_clear: 'The key would travel unencrypted. Take an address that begins with https://.',
    forbidden_address: 'This address is reserved; nothing of use is at it. Take another one.',
    worker_unavailable: 'The process that does this is busy now. Retry in a minute.',
    key_missing: 'The key was saved in another way and cannot be opened here. Enter it again.',
    too_many_providers: 'There are too many providers already. Remove one that is no longer needed.',
    key_for_another_address: 'The key was given for another address. Enter the key for the new one.',
    secrets_weak: 'This system has no keyring. Confirm that the key may be kept in a file that only you can read.',
    secrets_unavailable:
      'There is no place for the key: the key file in the data folder is damaged or cannot be read. Put it back or remove it.',
  },
};
