import { Waypoints } from 'lucide-react';
import type { JobId } from '../../../shared/domain/ids.ts';
import { traceFormats, type TraceFormat } from '../../../shared/domain/job-trace.ts';
import { useServices, useSpeech } from '../../state/context.tsx';
import { outcomeOf } from '../../state/outcome.ts';
import { useHandOver } from '../../state/use-hand-over.ts';
import { Button } from '../../ui/button.tsx';
import { Menu } from '../../ui/menu.tsx';

/** Saves the trace of a job as a file, in the format the person picks. It holds no titles and no texts. */
export function TraceExport({ jobId }: { readonly jobId: JobId }) {
  const { client } = useServices();
  const handOver = useHandOver();
  const { t } = useSpeech();

  const save = (format: TraceFormat): Promise<void> =>
    handOver({
      save: async () => outcomeOf(await client.call('jobs.saveTrace', { jobId, format })),
      offer: async () => outcomeOf(await client.call('jobs.offerTrace', { jobId, format })),
    });

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
