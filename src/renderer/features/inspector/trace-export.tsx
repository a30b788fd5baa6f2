import { Waypoints } from 'lucide-react';
import type { JobId } from '../../../shared/domain/ids.ts';
import { traceFormats, type TraceFormat } from '../../../shared/domain/job-trace.ts';
import { traceFile } from '../../../shared/domain/trace-file.ts';
import { useSayError, useServices, useSpeech } from '../../state/context.tsx';
import { Button } from '../../ui/button.tsx';
import { download } from '../../ui/download.ts';
import { Menu } from '../../ui/menu.tsx';

/** Saves the trace of a job as a file, in the format the person picks. It holds no titles and no texts. */
export function TraceExport({ jobId }: { readonly jobId: JobId }) {
  const { client, app, toasts } = useServices();
  const sayError = useSayError();
  const { t } = useSpeech();

  async function save(format: TraceFormat): Promise<void> {
    const { opening } = app.getState();
    // The desktop's own dialog says whether there is a file; a browser keeps to itself what became of a download.
    if (opening?.host === 'desktop') {
      const saved = await client.call('jobs.saveTrace', { jobId, format });
      if (!saved.ok) sayError(saved.error.code);
      else {
        const { saved: name } = saved.value;
        if (name !== null) toasts.say({ key: 'exported', text: said => said.t.synopsis.exported(name) });
      }
      return;
    }
    const trace = await client.call('jobs.trace', { jobId });
    if (!trace.ok) return sayError(trace.error.code);
    const { fileName, text } = traceFile(trace.value, format, opening?.version ?? '');
    download(fileName, text, 'application/json');
    toasts.say({ key: 'exported', text: said => said.t.synopsis.handedOver(fileName) });
  }

  return (
    <Menu
      align="start"
      trigger={
        <Button size="s" variant="quiet" icon={<Waypoints aria-hidden />}>
          {t.jobs.exportTrace}
        </Button>
      }
      entries={traceFormats.map(format => ({
        key: format,
        label: t.jobs.traceFormat[format],
        hint: t.jobs.traceFormatHint[format],
        onSelect: () => void save(format),
      }))}
    />
  );
}
