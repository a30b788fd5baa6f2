import { serve } from '../runtime/serve.ts';
import { restoreFile } from '../agent/undo/restore-file.ts';
import { takeBackPart } from '../agent/undo/take-back-part.ts';
import { openSession } from './open-session.ts';
import { runBrowserTask } from './run-browser-task.ts';

serve({
  worker: 'browser',
  tasks: { 'browser.run': (input, context) => runBrowserTask(input, context, openSession) },
  compensations: { 'browser.run': { 'restore-file': ({ data }, context) => restoreFile(data, context), 'take-back-part': takeBackPart } },
});
