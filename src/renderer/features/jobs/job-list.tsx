import { useVirtualizer } from '@tanstack/react-virtual';
import { ChevronDown, ChevronRight } from 'lucide-react';
import { useId, useLayoutEffect, useRef, useState, type KeyboardEvent } from 'react';
import type { JobGroup } from '../../../shared/domain/job.ts';
import { isStoppable } from '../../i18n/job-words.ts';
import { useServices, useSpeech } from '../../state/context.tsx';
import { useStopJob } from '../../state/use-stop-job.ts';
import { Button } from '../../ui/button.tsx';
import { countLabel } from './job-filters.tsx';
import { keyOf, lineAfterKey, lineInstead, type GroupCount, type Line } from './job-lines.ts';
import { JobRow } from './job-row.tsx';

/** Heights in CSS pixels, the same as in the style sheet. */
const rowHeightPx = 44;
const headHeightPx = 30;

interface JobListProps {
  readonly lines: readonly Line[];
  readonly counts: Readonly<Record<JobGroup, GroupCount>>;
  readonly nowMs: number;
}

/**
 * The lines of the list, of which only those in sight exist. The Tab key has one stop in it; the arrows go from line to
 * line, over heads as well.
 */
export function JobList({ lines, counts, nowMs }: JobListProps) {
  const { jobs, view } = useServices();
  const speech = useSpeech();
  const { t } = speech;
  const stop = useStopJob();
  const scrollRef = useRef<HTMLDivElement>(null);
  const hintId = useId();
  const [current, setCurrent] = useState<string | null>(null);
  /** The line that has the focus, and where it was: a line that moves or goes takes the focus with it. */
  const focused = useRef<{ readonly key: string; readonly at: number } | null>(null);
  // The line that was current may be gone; then the first job is.
  const currentLine =
    lines.find(line => keyOf(line) === current) ?? lines.find(line => line.kind === 'job') ?? lines.find(line => line.kind === 'head');
  const currentKey = currentLine ? keyOf(currentLine) : null;

  const virtualizer = useVirtualizer({
    count: lines.length,
    getScrollElement: () => scrollRef.current,
    estimateSize: at => (lines[at]?.kind === 'head' ? headHeightPx : rowHeightPx),
    getItemKey: at => {
      const line = lines[at];
      return line ? keyOf(line) : at;
    },
    overscan: 8,
  });

  const elementOf = (key: string): HTMLElement | null => scrollRef.current?.querySelector<HTMLElement>(`[data-line="${key}"]`) ?? null;

  useLayoutEffect(() => {
    const had = focused.current;
    if (had === null || document.activeElement !== document.body) return;
    const there = elementOf(had.key);
    const instead = lines[Math.min(had.at, lines.length - 1)];
    (there ?? (instead ? elementOf(keyOf(instead)) : null))?.focus({ preventScroll: true });
  }, [lines]);

  function goTo(line: Line): void {
    const key = keyOf(line);
    setCurrent(key);
    virtualizer.scrollToIndex(lines.findIndex(each => keyOf(each) === key));
    // A line that was out of sight is there after the next frame.
    requestAnimationFrame(() => elementOf(key)?.focus());
  }

  function onKey(event: KeyboardEvent, line: Line): void {
    const key = keyOf(line);
    const at = lines.findIndex(each => keyOf(each) === key);
    const { group } = line;
    const head = lines.find(each => each.kind === 'head' && each.group === group);
    const next = lineAfterKey(lines, at, event.key);
    if (next !== null) goTo(next);
    else if (event.key === 'ArrowLeft' && line.kind === 'head') view.foldGroup(group, true);
    else if (event.key === 'ArrowLeft' && head) goTo(head);
    else if (event.key === 'ArrowRight' && line.kind === 'head') view.foldGroup(group, false);
    else if (event.key === 'Delete' && line.kind === 'job' && isStoppable(line.job)) {
      // A running job stays where it is until it has stopped.
      const instead = line.job.state === 'running' ? null : lineInstead(lines, at);
      void stop(line.job);
      if (instead !== null) goTo(instead);
    } else return;
    event.preventDefault();
  }

  return (
    <div className="job-scroll" ref={scrollRef} tabIndex={-1}>
      <p id={hintId} className="visually-hidden">
        {t.queue.keysHint} {t.panel.groupKeys}
      </p>
      <ul className="job-lines" style={{ height: virtualizer.getTotalSize() }} aria-describedby={hintId}>
        {virtualizer.getVirtualItems().map(item => {
          const line = lines[item.index];
          if (!line) return null;
          const key = keyOf(line);
          const stopOfTab = {
            'data-line': key,
            tabIndex: key === currentKey ? 0 : -1,
            onKeyDown: (event: KeyboardEvent) => onKey(event, line),
          };
          const focusing = {
            onFocus() {
              focused.current = { key, at: item.index };
              setCurrent(key);
            },
            onBlur() {
              focused.current = null;
            },
          };
          return (
            <li key={item.key} className="job-line" style={{ height: item.size, transform: `translateY(${item.start}px)` }}>
              {line.kind === 'head' && (
                <h3 className={`job-group job-group-${line.group}`}>
                  <button
                    type="button"
                    className="job-group-fold"
                    aria-expanded={!line.isFolded}
                    {...stopOfTab}
                    {...focusing}
                    onClick={() => view.foldGroup(line.group, !line.isFolded)}
                  >
                    {line.isFolded ? <ChevronRight aria-hidden /> : <ChevronDown aria-hidden />}
                    {t.jobs.group[line.group]} <span>{countLabel(counts[line.group], speech.number)}</span>
                  </button>
                </h3>
              )}
              {line.kind === 'job' && <JobRow job={line.job} nowMs={nowMs} stopOfTab={stopOfTab} focusing={focusing} />}
              {line.kind === 'more' && (
                <Button
                  size="s"
                  variant="quiet"
                  className="job-more"
                  {...stopOfTab}
                  {...focusing}
                  onClick={() => void jobs.loadMore(line.group)}
                >
                  {line.group === 'queued' ? t.queue.nearer : t.common.showMore}
                </Button>
              )}
            </li>
          );
        })}
      </ul>
    </div>
  );
}
