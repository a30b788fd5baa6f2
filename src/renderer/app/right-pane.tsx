import { X } from 'lucide-react';
import { useStore } from 'zustand';
import { BrowserPane } from '../features/browser/browser-pane.tsx';
import { JobInspector } from '../features/inspector/job-inspector.tsx';
import { SourcesPane } from '../features/sources/sources-pane.tsx';
import { SynopsisScroll } from '../features/synopsis/synopsis-scroll.tsx';
import { SynopsisTools } from '../features/synopsis/synopsis-tools.tsx';
import { isBrowserBusy } from '../state/browser-job.ts';
import { useServices, useSpeech } from '../state/context.tsx';
import type { RightTab } from '../state/view-store.ts';
import { BusyMark } from '../ui/busy-mark.tsx';
import { IconButton } from '../ui/icon-button.tsx';
import { Tabs } from '../ui/tabs.tsx';

export function RightPane() {
  const { view, jobs } = useServices();
  const { t } = useSpeech();
  const { rightTab, inspectedJob, synopsisOverlay, sessionId } = useStore(view);
  const isBusy = useStore(jobs, state => isBrowserBusy(state.byId, sessionId));
  const tabs: { value: RightTab; label: React.ReactNode; panel: React.ReactNode }[] = [
    // Over the chat it has its name there already, and a way to this side.
    ...(synopsisOverlay && sessionId !== null && rightTab !== 'synopsis'
      ? []
      : [{ value: 'synopsis' as const, label: t.synopsis.title, panel: <SynopsisScroll /> }]),
    { value: 'sources', label: t.sources.title, panel: <SourcesPane /> },
    {
      value: 'browser',
      label: (
        <>
          {t.browser.title}
          {isBusy && <BusyMark label={t.browser.atWork} />}
        </>
      ),
      panel: <BrowserPane />,
    },
  ];
  // The tab is there only with a job to show in it.
  if (inspectedJob) tabs.push({ value: 'steps', label: t.jobs.inspect, panel: <JobInspector /> });
  return (
    <Tabs
      value={rightTab}
      onChange={value => view.setRightTab(value)}
      label={t.common.details}
      tabs={tabs}
      aside={
        rightTab === 'synopsis' ? (
          <SynopsisTools placement="docked" />
        ) : (
          <IconButton label={t.common.close} icon={<X />} onClick={() => view.closeRight()} />
        )
      }
    />
  );
}
