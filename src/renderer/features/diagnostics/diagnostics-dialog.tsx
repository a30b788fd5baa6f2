import { useEffect, useState } from 'react';
import type { Diagnostics } from '../../../shared/contract/diagnostics.ts';
import { diagnosticsText } from '../../../shared/export/diagnostics-text.ts';
import { useActions, useServices, useSpeech } from '../../state/context.tsx';
import { outcomeOf } from '../../state/outcome.ts';
import { useHandOver } from '../../state/use-hand-over.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import './diagnostics-dialog.css';

/** All that the file will hold, to be read before it is saved. */
export function DiagnosticsDialog() {
  const { client, view } = useServices();
  const { t, error } = useSpeech();
  const actions = useActions();
  const handOver = useHandOver();
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

  const save = ({ id }: Diagnostics): Promise<void> =>
    handOver({
      save: async () => outcomeOf(await client.call('diagnostics.save', { id })),
      offer: async () => outcomeOf(await client.call('diagnostics.offer', { id })),
    });

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
