import { serve } from '../../../src/workers/runtime/serve.ts';
import { honestTasks } from './honest-tasks.ts';

serve({ worker: 'agent', tasks: honestTasks });
