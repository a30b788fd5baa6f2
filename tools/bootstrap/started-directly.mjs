import { realpathSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/**
 * Whether the module at this URL is the script Node was started with, not an import of it. Node resolves links in a module's URL
 * and leaves them in `argv`, so both are compared without links.
 * @type {(moduleUrl: string) => boolean}
 */
export const startedDirectly = moduleUrl => {
  const script = process.argv[1];
  return script !== undefined && realpathSync(script) === fileURLToPath(moduleUrl);
};
