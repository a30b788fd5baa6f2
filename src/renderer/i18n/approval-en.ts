import type { ApprovalMessages } from './approval-messages.ts';

export const approvalEn: ApprovalMessages = {
  asks: {
    title: { approval: 'Your approval is needed', question: 'A question for you' },
    ofTask: title => `Task “${title}”`,
    tool: 'Tool',
    destination: 'Where to',
    realHost: host => `Its real address is ${host}`,
    payload: 'What will be sent',
    hidden: 'The text has invisible characters. They are shown by their numbers: make sure that nobody is deceiving you.',
    allow: 'Allow',
    allowForJob: 'Allow for this task',
    allowForJobMeaning: 'Allowing it for the task allows this tool anything with this same address until the task ends.',
    deny: 'Deny',
    yourAnswer: 'Your answer',
    choices: 'Possible answers',
    answer: 'Answer',
    decline: 'Do not answer',
    left: time => `${time} left.`,
    noLimit: 'The task waits until you answer.',
    whenExpired: {
      approval: { allow: 'Without an answer it will be allowed.', deny: 'Without an answer it will be denied.' },
      question: { allow: 'Then the task goes on without an answer.', deny: 'Then the task goes on without an answer.' },
    },
    reply: 'Answer',
    replyTo: title => `Answer the task “${title}”`,
    noneLeft: 'This has been answered, or the task has ended.',
    history: 'What was asked',
    outcome: {
      approval: {
        person: { allow: 'You allowed it', deny: 'You denied it' },
        expiry: { allow: 'Allowed without an answer: the time was over', deny: 'Denied without an answer: the time was over' },
        policy: { allow: 'Allowed earlier, for the whole task', deny: 'Denied earlier' },
      },
      question: {
        person: { allow: 'You answered', deny: 'You did not want to answer' },
        expiry: { allow: 'The time was over without an answer', deny: 'The time was over without an answer' },
        policy: { allow: 'Answered earlier', deny: 'There was no answer' },
      },
    },
    forJob: 'for the whole task',
    unanswered: 'Left without an answer',
    announce: {
      approval: title => `Your approval is needed: ${title}`,
      question: title => `A question for you: ${title}`,
    },
    toast: title => `Waiting for your answer: ${title}`,
    said: {
      approval: { allow: 'Allowed, the task goes on.', deny: 'Denied, the task goes on.' },
      question: { allow: 'Your answer is given, the task goes on.', deny: 'The task goes on without an answer.' },
    },
  },
};
