import { expect, test } from 'vitest';
import type { JobStepView } from '../../../shared/domain/job-step.ts';
import { toolSubjects } from './step-subjects.ts';

const step = (seq: number, name: string, finishedAtMs: number | null = 2): JobStepView => ({
  seq,
  name,
  attempt: 1,
  startedAtMs: 1,
  finishedAtMs,
  effect: 'none',
  outcome: null,
  compensates: null,
  undo: null,
  decision: null,
});

test('steps that called a tool are named after it, in their order; one without a result is not', () => {
  const steps = [step(1, 'setup'), step(2, 'tool:1.1'), step(3, 'act:1.2'), step(4, 'tool:2.1'), step(5, 'act:3.1', null)];
  const outputs = {
    'tool:': [
      { output: { tool: 'search_material', callId: 'a', isError: false, text: '' } },
      { output: { tool: 'mcp__files__read', callId: 'b', isError: true, text: 'no' } },
    ],
    'act:': [{ output: { tool: 'write_file', callId: 'c', isError: false, text: '' } }],
  };
  expect(toolSubjects({ steps }, from => outputs[from as keyof typeof outputs])).toEqual({
    'tool:1.1': 'search_material',
    'tool:2.1': 'mcp__files__read',
    'act:1.2': 'write_file',
  });
});
