import { expect, test } from 'vitest';
import { approvalId, jobId } from '../../../shared/domain/ids.ts';
import type { ApprovalView } from '../../../shared/domain/approval.ts';
import { askedOutside } from './ask-words.ts';

const approval: ApprovalView = {
  id: approvalId.parse('01920000-0000-7000-8000-000000000001'),
  jobId: jobId.parse('01920000-0000-7000-8000-000000000002'),
  sessionId: null,
  type: 'approval',
  tool: 'write_file',
  title: 'Write a file',
  destination: '/home/ann/plan.md',
  payload: '{"text":"short"}',
  choices: [],
  whenExpired: 'deny',
  action: null,
  requestedAtMs: 1,
  expiresAtMs: null,
  answered: null,
  isClosed: false,
};
const labels = (changes: Partial<ApprovalView>) => askedOutside({ ...approval, ...changes }, 'en').replies.map(({ label }) => label);

test('what is told whole can be allowed outside the window', () => {
  expect(askedOutside(approval, 'en')).toEqual({
    title: 'Your approval is needed',
    body: 'Write a file\nTo: /home/ann/plan.md\n{"text":"short"}',
    replies: [
      { label: 'Allow', answer: { decision: 'allow', scope: 'once', answer: null } },
      { label: 'Deny', answer: { decision: 'deny', scope: 'once', answer: null } },
    ],
    takesWords: false,
  });
});

test('what will be done is told in the language of now, whatever it was asked in', () => {
  const asked = { ...approval, title: 'Make the file plan.md', action: { does: 'make_file', path: 'plan.md' } } as const;
  expect(askedOutside(asked, 'ru').body).toMatch(/^Создать файл plan.md\n/u);
  expect(askedOutside(asked, 'en').body).toMatch(/^Make the file plan.md\n/u);
});

test('what does not fit can only be denied there, however it is made long', () => {
  expect(labels({ payload: `{"text":"${'a'.repeat(300)}"}` })).toEqual(['Deny']);
  expect(labels({ title: 'a'.repeat(300) })).toEqual(['Deny']);
  expect(labels({ destination: `https://example.org/${'a'.repeat(300)}` })).toEqual(['Deny']);
  expect(labels({ payload: '\u200B'.repeat(100) })).toEqual(['Deny']);
  expect(askedOutside({ ...approval, title: 'a'.repeat(300) }, 'ru').body).toMatch(/^a+…$/u);
});

test('a question offers its choices, or a line to write, and always to decline', () => {
  const question = { type: 'question', destination: null, payload: null } as const;
  expect(labels({ ...question, choices: ['tea', 'coffee'] })).toEqual(['tea', 'coffee', 'Do not answer']);
  expect(labels({ ...question, choices: ['tea\u202E', 'coffee'] })).toEqual(['Do not answer']);
  expect(askedOutside({ ...approval, ...question }, 'ru')).toMatchObject({ title: 'Вопрос к вам', takesWords: true });
});
