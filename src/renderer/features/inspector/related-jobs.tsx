import { useEffect, useMemo } from 'react';
import { useStore } from 'zustand';
import type { JobId } from '../../../shared/domain/ids.ts';
import type { JobInspection } from '../../../shared/domain/job.ts';
import { useServices, useSpeech } from '../../state/context.tsx';

/** The jobs this one comes from, waits for or gave its steps to. */
export function RelatedJobs({ inspection }: { readonly inspection: JobInspection }) {
  const { jobs } = useServices();
  const { t } = useSpeech();
  const rows = useMemo(() => {
    const { parent = null, children = [], forkedFrom, forks } = inspection;
    return [
      { name: t.inspector.parent, ids: parent === null ? [] : [parent] },
      { name: t.inspector.children, ids: children },
      { name: t.inspector.forkedFrom, ids: forkedFrom === null ? [] : [forkedFrom] },
      { name: t.inspector.forks, ids: forks },
    ].filter(row => row.ids.length > 0);
  }, [inspection, t]);
  useEffect(() => jobs.look(rows.flatMap(row => row.ids)), [jobs, rows]);
  if (rows.length === 0) return null;
  return (
    <section>
      <h3>{t.inspector.related}</h3>
      <dl className="inspector-facts inspector-related">
        {rows.map(row => (
          <div key={row.name}>
            <dt>{row.name}</dt>
            <dd>
              <ul>
                {row.ids.map(id => (
                  <li key={id}>
                    <RelatedJob id={id} />
                  </li>
                ))}
              </ul>
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

function RelatedJob({ id }: { readonly id: JobId }) {
  const { jobs, view } = useServices();
  const { t } = useSpeech();
  const job = useStore(jobs, state => state.byId.get(id) ?? null);
  if (!job) return <span className="inspector-none">{t.inspector.unknownJob}</span>;
  return (
    <button type="button" className="inspector-link" onClick={() => view.inspect(id)}>
      {job.title}
      <span className="inspector-link-state">{t.jobs.state[job.state]}</span>
    </button>
  );
}
