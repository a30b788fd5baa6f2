import { useEffect, useState } from 'react';
import type { Diagnostics } from '../../../shared/contract/diagnostics.ts';
import { diagnosticsText } from '../../../shared/export/diagnostics-text.ts';
import { useActions, useHost, useSayError, useServices, useSpeech } from '../../state/context.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { download } from '../../ui/download.ts';
import './diagnostics-dialog.css';

/** All that the file will hold, to be read before it is saved. */
export function DiagnosticsDialog() {
  const { client, toasts, view } = useServices();
  const { t, error } = useSpeech();
  const actions = useActions();
  const sayError = useSayError();
  const host = useHost();
  const [read, setRead] = useState<Diagnostics | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  useEffect(() => {
    let isGone = false;
    void client.call('diagnostics.read', {}).then(result => {
      if (isGone) return;
      if (result.ok) setRead(result.value);
      else setFailure(result.error.code);
    });
    return () => {
      isGone = true;
    };
  }, [client]);

  async function save(shown: Diagnostics): Promise<void> {
    // The desktop's own dialog says whether there is a file; a browser keeps to itself what became of a download.
    if (host !== 'desktop') {
      download(shown.fileName, diagnosticsText(shown), 'text/plain');
      toasts.say({ key: 'diagnostics', text: ({ t: said }) => said.synopsis.handedOver(shown.fileName) });
      return;
    }
    const result = await client.call('diagnostics.save', { id: shown.id });
    if (!result.ok) return sayError(result.error.code);
    const { saved } = result.value;
    if (saved !== null) toasts.say({ key: 'diagnostics', text: ({ t: said }) => said.synopsis.exported(saved) });
  }

  return (
    <Dialog
      open
      size="l"
      onClose={() => view.setDialog(null)}
      title={t.diagnostics.title}
      closeLabel={t.common.close}
      footer={
        read !== null && (
          <>
            <Button onClick={() => void actions.copyText(diagnosticsText(read), said => said.t.common.copied)}>{t.diagnostics.copy}</Button>
            <Button variant="accent" onClick={() => void save(read)}>
              {t.diagnostics.save}
            </Button>
          </>
        )
      }
    >
      {read === null ? (
        <p role="status">{failure === null ? t.common.loading : error(failure)}</p>
      ) : (
        <div className="diagnostics">
          <p className="diagnostics-hint">{t.diagnostics.hint}</p>
          {read.parts.map(({ name, text }) => (
            <details key={name}>
              <summary>{t.diagnostics.part[name]}</summary>
              <pre tabIndex={0} aria-label={t.diagnostics.part[name]} role="region">
                {text}
              </pre>
            </details>
          ))}
        </div>
      )}
    </Dialog>
  );
}
