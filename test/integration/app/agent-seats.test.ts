import { expect, test } from 'vitest';
import { agentsAtOnce } from '../../../src/main/app/kinds/agent-run.ts';
import { answersAtOnce } from '../../../src/main/app/kinds/chat-answer.ts';
import { embeddingsAtOnce } from '../../../src/main/app/kinds/passages-embed.ts';
import { poolSettings } from '../../../src/main/workers/pool-settings.ts';
import { jobKinds, workerOfKind } from '../../../src/shared/domain/job.ts';

test('agents and an index in the background leave a place for every answer, and all leave one for a question of the settings', () => {
  const { maxProcesses, tasksPerProcess } = poolSettings.agent;
  expect(jobKinds.filter(kind => workerOfKind[kind] === 'agent')).toEqual(['chat.answer', 'agent.run', 'passages.embed']);
  expect(maxProcesses * tasksPerProcess - agentsAtOnce - answersAtOnce - embeddingsAtOnce).toBeGreaterThanOrEqual(1);
});
