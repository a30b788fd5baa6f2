import { join } from 'node:path';

/**
 * Where programs that tests start keep what Node has compiled of them (and stripped of types): a command that only explains itself
 * takes 0.2 s instead of 0.3, a worker from the sources 0.1 instead of 0.2. Files are found by their content, so none is out of date.
 */
export const compileCache = join(import.meta.dirname, '..', '..', '..', '.cache', 'compile');
