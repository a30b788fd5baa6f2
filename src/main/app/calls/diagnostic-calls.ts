import type { Diagnostics } from '../../../shared/contract/diagnostics.ts';
import { diagnosticsText } from '../../../shared/export/diagnostics-text.ts';
import { ExpectedError } from '../../ipc/expected-error.ts';
import type { HandlersOf } from '../../ipc/handlers.ts';
import { saveExport } from '../export/save-export.ts';
import type { CallContext } from './call-context.ts';
import { expectFound } from './expect-found.ts';

export function diagnosticCalls(
  { chooseFile }: Pick<CallContext, 'chooseFile'>,
  gather: () => Promise<Diagnostics>,
): HandlersOf<'diagnostics'> {
  /** What was last shown: that and nothing else is saved. */
  let shown: Diagnostics | null = null;
  return {
    'diagnostics.read': async () => {
      shown = await gather();
      return shown;
    },
    'diagnostics.save': async ({ id }) => {
      const wanted = expectFound(shown?.id === id ? shown : null, 'bundle of diagnostics', id);
      if (chooseFile === null)
        throw new ExpectedError('no_dialog', 'This host has no dialog to choose a file with. Use "konspekt diagnostics <file>".');
      return saveExport({ fileName: wanted.fileName, text: diagnosticsText(wanted) }, chooseFile);
    },
  };
}
