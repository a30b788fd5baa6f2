import type { InspectorMessages } from './inspector-messages.ts';
import { pluralIn } from '../../shared/domain/plural.ts';

const n = pluralIn('ru');

export const inspectorRu: InspectorMessages = {
  material: {
    parts: 'Что показать о задаче',
    part: { overview: 'Обзор', result: 'Результат', input: 'Вход', log: 'Журнал', files: 'Файлы' },
    worker: 'Кто делает',
    workerProcess: worker => `рабочий процесс «${worker}»`,
    waited: 'До начала',
    took: 'Работала',
    oneStep: 'Такая задача делается за один шаг, отдельные шаги не записываются.',
    gone: 'Материалов этой задачи в программе больше нет.',
    notYet: words => `Результата пока нет. ${words}.`,
    none: words => `Результата нет. ${words}`,
    document: 'Документ',
    documentGone: 'Документ удалён из чата, или с тех пор его прочитала другая задача.',
    text: 'Текст',
    showText: 'Показать текст',
    from: 'Откуда',
    fromFile: 'файл',
    fromAddress: 'страница',
    fromPaste: 'вставленный текст',
    version: (number, state) => `версия ${number}, ${state}`,
    sectionItems: count => (count === 0 ? 'пусто' : n(count, { one: '# запись', few: '# записи', many: '# записей', other: '# записи' })),
    showSynopsis: 'Показать конспект',
    sources: count => n(count, { one: '# источник', few: '# источника', many: '# источников', other: '# источника' }),
    moreNames: count => `и ещё ${count}`,
    question: 'Вопрос',
    questionGone: 'Вопроса в чате больше нет.',
    answer: 'Ответ',
    answerGone: 'Ответа в чате больше нет.',
    citations: count => n(count, { one: '# цитата', few: '# цитаты', many: '# цитат', other: '# цитаты' }),
    restInChat: 'Целиком ответ стоит в чате.',
    folder: 'Папка',
    synopses: count => n(count, { one: '# конспект', few: '# конспекта', many: '# конспектов', other: '# конспекта' }),
    untitled: 'конспект, который с тех пор удалён',
    filesWritten: count =>
      n(count, { one: 'Записан # файл', few: 'Записано # файла', many: 'Записано # файлов', other: 'Записано # файла' }),
    fileState: { written: 'записан', undone: 'убран при отмене' },
    original: 'Копия исходного файла',
    storedText: 'Сохранённый текст',
    inDatabase: {
      synopsis: 'Конспект хранится в программе и файлов не пишет. Сохранить его файлом можно в его меню.',
      answer: 'Ответ хранится в чате и файлов не пишет.',
      index: 'Указатель хранится в программе и файлов не пишет.',
    },
    meaningOf: model => `Модель ${model} готовит документы и чаты к поиску по смыслу. По словам они находятся и без этого.`,
    indexed: (done, total) => `Готово отрывков: ${done} из ${total}.`,
    noFilesYet: 'Файлов нет.',
  },
};
