import { serve } from '../../../src/workers/runtime/serve.ts';
import { scriptedAgentTasks } from './scripted-agent-tasks.ts';

serve({ worker: 'agent', tasks: scriptedAgentTasks });
