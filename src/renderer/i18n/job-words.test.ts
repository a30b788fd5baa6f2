import { expect, test } from 'vitest';
import { describeIssues } from './job-words.ts';
import { createScenario } from '../../../test/support/memory-scenario.ts';
import { windowNowMs } from '../../../test/support/open-window.ts';
import { speech } from '../../../test/support/speech.ts';

test('a job says of its remarks only what it knows: not how many there are', () => {
  const job = createScenario('ru', { nowMs: windowNowMs }).backend.newJob('synopsis.make', null, 'x', {
    issues: ['source_failed', 'strange'],
  });
  expect(describeIssues(job, speech.ru)).toBe('прочитаны не все источники; strange');
  expect(describeIssues(job, speech.en)).toBe('not all sources were read; strange');
});
