import { expect, test } from 'vitest';
import { agentsAtOnce } from '../../../src/main/app/kinds/agent-run.ts';
import { answersAtOnce } from '../../../src/main/app/kinds/chat-answer.ts';
import { readingsAtOnce } from '../../../src/main/app/kinds/document-import.ts';
import { embeddingsAtOnce } from '../../../src/main/app/kinds/passages-embed.ts';
import { poolSettings } from '../../../src/main/workers/pool-settings.ts';
import { jobKinds, workerOfKind } from '../../../src/shared/domain/job.ts';

test('agents, an index and readings of pictures in the background leave a place for every answer, and all leave one for a question of the settings', () => {
  const { maxProcesses, tasksPerProcess } = poolSettings.agent;
  expect(jobKinds.filter(kind => workerOfKind[kind] === 'agent')).toEqual(['chat.answer', 'agent.run', 'passages.embed']);
  expect(maxProcesses * tasksPerProcess - agentsAtOnce - answersAtOnce - embeddingsAtOnce - readingsAtOnce).toBeGreaterThanOrEqual(1);
});
