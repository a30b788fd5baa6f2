import type { Diagnostics } from '../../../shared/contract/diagnostics.ts';
import { diagnosticsText } from '../../../shared/export/diagnostics-text.ts';
import type { HandlersOf } from '../../ipc/handlers.ts';
import { saveExport } from '../export/save-export.ts';
import { offerText } from '../files/hand-over.ts';
import type { CallContext } from './call-context.ts';
import { expectFound } from './expect-found.ts';

export function diagnosticCalls(
  context: Pick<CallContext, 'chooseFile' | 'store' | 'offers'>,
  gather: () => Promise<Diagnostics>,
): HandlersOf<'diagnostics'> {
  /** What was last shown: that and nothing else is given out. */
  let shown: Diagnostics | null = null;
  function fileOf(id: string) {
    const wanted = expectFound(shown?.id === id ? shown : null, 'bundle of diagnostics', id);
    return { fileName: wanted.fileName, mediaType: 'text/plain', text: diagnosticsText(wanted) };
  }
  return {
    'diagnostics.read': async () => {
      shown = await gather();
      return shown;
    },
    'diagnostics.save': ({ id }) => saveExport(fileOf(id), context.chooseFile),
    'diagnostics.offer': ({ id }) => offerText(fileOf(id), context),
  };
}
