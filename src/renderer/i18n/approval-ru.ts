import type { ApprovalMessages } from './approval-messages.ts';

export const approvalRu: ApprovalMessages = {
  asks: {
    title: { approval: 'Нужно ваше разрешение', question: 'Вопрос к вам' },
    ofTask: title => `Задача «${title}»`,
    tool: 'Инструмент',
    destination: 'Куда',
    realHost: host => `На самом деле это адрес ${host}`,
    payload: 'Что будет передано',
    hidden: 'В тексте есть невидимые символы. Они показаны номерами: проверьте, не обман ли это.',
    allow: 'Разрешить',
    allowForJob: 'Разрешить для этой задачи',
    allowForJobMeaning: 'Разрешая для задачи, вы до её конца разрешаете этому инструменту всё с этим же адресом.',
    deny: 'Отклонить',
    yourAnswer: 'Ваш ответ',
    choices: 'Варианты ответа',
    answer: 'Ответить',
    decline: 'Не отвечать',
    left: time => `Осталось ${time}.`,
    noLimit: 'Задача ждёт, пока вы не ответите.',
    whenExpired: {
      approval: { allow: 'Без ответа будет разрешено.', deny: 'Без ответа будет отклонено.' },
      question: { allow: 'Потом задача продолжится без ответа.', deny: 'Потом задача продолжится без ответа.' },
    },
    reply: 'Ответить',
    replyTo: title => `Ответить задаче «${title}»`,
    noneLeft: 'На это уже ответили, или задача закончилась.',
    history: 'Что спрашивалось',
    outcome: {
      approval: {
        person: { allow: 'Вы разрешили', deny: 'Вы отклонили' },
        expiry: { allow: 'Разрешено без ответа: время вышло', deny: 'Отклонено без ответа: время вышло' },
        policy: { allow: 'Разрешено раньше, для всей задачи', deny: 'Отклонено раньше' },
      },
      question: {
        person: { allow: 'Вы ответили', deny: 'Вы не стали отвечать' },
        expiry: { allow: 'Время вышло, ответа не было', deny: 'Время вышло, ответа не было' },
        policy: { allow: 'Ответ был дан раньше', deny: 'Ответа не было' },
      },
    },
    forJob: 'для всей задачи',
    unanswered: 'Осталось без ответа',
    announce: {
      approval: title => `Нужно ваше разрешение: ${title}`,
      question: title => `Вопрос к вам: ${title}`,
    },
    toast: title => `Ждёт вашего ответа: ${title}`,
    said: {
      approval: { allow: 'Разрешено, задача продолжается.', deny: 'Отклонено, задача продолжается.' },
      question: { allow: 'Ответ передан, задача продолжается.', deny: 'Задача продолжается без ответа.' },
    },
  },
};
