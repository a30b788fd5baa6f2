import { expect, test } from 'vitest';
import { destinationLimit } from './agent.ts';
import { mayAllowForJob } from './approval.ts';

test.for([
  [{ type: 'approval', tool: 'write_file', destination: '/notes/a.md' }, true],
  [{ type: 'approval', tool: 'write_file', destination: null }, false],
  [{ type: 'question', tool: 'ask_person', destination: null }, false],
  [{ type: 'approval', tool: 'fetch_page', destination: 'a'.repeat(destinationLimit) }, false],
  // Another schedule goes to the same place.
  [{ type: 'approval', tool: 'schedule_job', destination: 'on this computer' }, false],
] as const)('%j may hold for a whole job: %s', ([asked, may]) => {
  expect(mayAllowForJob(asked)).toBe(may);
});
