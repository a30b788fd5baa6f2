import { Tabs } from '@base-ui/react/tabs';
import { useState, type ReactNode } from 'react';
import type { JobInspection } from '../../../shared/domain/job.ts';
import { inspectorParts, type InspectorPart } from '../../i18n/inspector-messages.ts';
import { useSpeech } from '../../state/context.tsx';
import { JobFacts } from './job-facts.tsx';
import { JobFiles } from './job-files.tsx';
import { JobInput } from './job-input.tsx';
import { JobResult } from './job-result.tsx';
import { RelatedJobs } from './related-jobs.tsx';
import { Spending } from './spending.tsx';
import { StepList } from './step-list.tsx';
import { Trail } from './trail.tsx';
import { UndoProgress } from './undo-progress.tsx';

export interface PartProps {
  readonly inspection: JobInspection;
  readonly nowMs: number;
}

const partOf: Readonly<Record<InspectorPart, (props: PartProps) => ReactNode>> = {
  overview: Overview,
  result: JobResult,
  input: JobInput,
  log: Trail,
  files: JobFiles,
};

/** The parts of a job, one at a time. Another job is shown from the same side. */
export function InspectorTabs(props: PartProps) {
  const { t } = useSpeech();
  const [shown, setShown] = useState<InspectorPart>('overview');
  return (
    <Tabs.Root className="inspector-tabs" value={shown} onValueChange={next => setShown(next as InspectorPart)}>
      <Tabs.List className="inspector-tab-list" aria-label={t.material.parts} activateOnFocus>
        {inspectorParts.map(part => (
          <Tabs.Tab key={part} value={part} className="tab">
            {t.material.part[part]}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      {inspectorParts.map(part => {
        const Part = partOf[part];
        return (
          <Tabs.Panel key={part} value={part} className="inspector-part">
            <Part {...props} />
          </Tabs.Panel>
        );
      })}
    </Tabs.Root>
  );
}

function Overview({ inspection, nowMs }: PartProps) {
  return (
    <>
      <JobFacts inspection={inspection} nowMs={nowMs} />
      <UndoProgress inspection={inspection} />
      <StepList inspection={inspection} nowMs={nowMs} />
      <Spending inspection={inspection} nowMs={nowMs} />
      <RelatedJobs inspection={inspection} />
    </>
  );
}
