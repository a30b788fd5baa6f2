import { expect, test } from 'vitest';
import { destinationLimit } from './agent.ts';
import { mayAllowForJob } from './approval.ts';

test.for([
  [{ type: 'approval', tool: 'write_file', destination: '/notes/a.md' }, true],
  [{ type: 'approval', tool: 'write_file', destination: null }, false],
  [{ type: 'question', tool: 'ask_person', destination: null }, false],
  [{ type: 'approval', tool: 'fetch_page', destination: 'a'.repeat(destinationLimit) }, false],
  // A schedule goes nowhere: the next one is another.
  [{ type: 'approval', tool: 'schedule_job', destination: null }, false],
] as const)('%j may hold for a whole job: %s', ([asked, may]) => {
  expect(mayAllowForJob(asked)).toBe(may);
});
