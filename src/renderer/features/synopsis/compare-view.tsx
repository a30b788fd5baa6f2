import { X } from 'lucide-react';
import { useEffect, useMemo, useRef, useState } from 'react';
import { useStore } from 'zustand';
import type { SynopsisVersion } from '../../../shared/domain/synopsis.ts';
import { diffSideOf, synopsisDiff, type NoteDiff, type SectionDiff } from '../../../shared/domain/synopsis-diff.ts';
import { authorOf, describeVersion } from '../../i18n/version-words.ts';
import { useSayError, useServices, useSpeech } from '../../state/context.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import { SelectField } from '../../ui/select-field.tsx';
import { DiffItem, DiffItems, Runs, type DiffShow } from './diff-items.tsx';
import './compare-view.css';

type Layout = 'inline' | 'sideBySide';

/** What became of an earlier version in a later one: in one text, or the two beside each other. */
export function CompareView({ before, after }: { readonly before: SynopsisVersion; readonly after: SynopsisVersion }) {
  const { synopsis } = useServices();
  const sayError = useSayError();
  const speech = useSpeech();
  const { t } = speech;
  const versions = useStore(synopsis, state => state.versions);
  const [layout, setLayout] = useState<Layout>('inline');
  const diff = useMemo(() => synopsisDiff(diffSideOf(before), diffSideOf(after)), [before, after]);
  const headRef = useRef<HTMLElement>(null);
  useEffect(() => headRef.current?.focus(), []);
  const changed = diff.sections.filter(({ change }) => change !== 'same');
  const same = diff.sections.filter(({ change }) => change === 'same').map(({ kind }) => t.synopsis.section[kind]);
  const counts = t.versions.counts(diff.counts.added, diff.counts.removed, diff.counts.changed);
  const earlier = versions.filter(head => head.state === 'ready' && head.number < after.number);

  return (
    <article className="synopsis compare" aria-label={t.versions.comparing}>
      <header className="compare-head" ref={headRef} tabIndex={-1}>
        <div className="compare-line">
          <h2>
            {t.synopsis.version(before.number)} → {t.synopsis.version(after.number).toLocaleLowerCase(speech.language)}
          </h2>
          <Segmented
            label={t.versions.layout}
            value={layout}
            onChange={setLayout}
            options={[
              { value: 'inline', label: t.versions.inline },
              { value: 'sideBySide', label: t.versions.sideBySide },
            ]}
          />
          <IconButton label={t.common.close} icon={<X />} onClick={() => synopsis.stopComparing()} />
        </div>
        <p className="compare-meta">
          {[describeVersion(after, speech), speech.date(after.finishedAtMs ?? after.createdAtMs, Date.now()), authorOf(after, speech)]
            .filter(part => part !== '')
            .join('\u00A0· ')}
          {after.instruction !== null && ` · ${t.versions.instruction(after.instruction)}`}
        </p>
        {earlier.length > 1 && (
          <SelectField
            label={t.versions.swapTo}
            value={before.id}
            onChange={id => void synopsis.compare(id, after.id).then(sayError)}
            options={earlier.map(head => ({
              value: head.id,
              label: `${head.number}: ${describeVersion(head, speech)}, ${speech.date(head.createdAtMs, Date.now())}`,
            }))}
          />
        )}
        <p className="compare-counts">{counts === '' && diff.title === null ? t.versions.noChanges : counts}</p>
      </header>
      {diff.title !== null && (
        <p className="compare-title" lang={after.language}>
          <Runs runs={diff.title} />
        </p>
      )}
      {changed.map((section, at) => (
        <CompareSection key={at} section={section} layout={layout} language={after.language} />
      ))}
      {diff.notes.map((note, at) => (
        <CompareNote key={at} note={note} />
      ))}
      {same.length > 0 && <p className="compare-same">{t.versions.unchanged(same.join(', '))}</p>}
    </article>
  );
}

function CompareSection({
  section,
  layout,
  language,
}: {
  readonly section: SectionDiff;
  readonly layout: Layout;
  readonly language: string;
}) {
  const { t } = useSpeech();
  const isWhole = section.change === 'added' || section.change === 'removed';
  return (
    <section className="synopsis-section">
      <h3>
        {t.synopsis.section[section.kind]}
        {isWhole && (
          <span className="compare-whole">{section.change === 'added' ? t.versions.sectionAdded : t.versions.sectionRemoved}</span>
        )}
      </h3>
      <div className="synopsis-items" lang={language}>
        {layout === 'inline' ? <DiffItems items={section.items} /> : <Columns section={section} />}
      </div>
    </section>
  );
}

/** A row for each item, so that what became of it is beside it. */
function Columns({ section }: { readonly section: SectionDiff }) {
  const sides: readonly DiffShow[] = ['before', 'after'];
  return (
    <div className="compare-rows">
      {section.items.map((diff, at) => (
        <div key={at} className={`compare-row diff-${diff.change}`}>
          {sides.map(show => (
            <div key={show} className={`compare-cell diff-item compare-${show}`}>
              <DiffItem diff={diff} show={show} />
            </div>
          ))}
        </div>
      ))}
    </div>
  );
}

function CompareNote({ note }: { readonly note: NoteDiff }) {
  const { t } = useSpeech();
  return (
    <section className="synopsis-section synopsis-note">
      <h3>{t.notes.title}</h3>
      <div className="synopsis-items">
        {note.change === 'changed' ? <Runs runs={note.runs} /> : note.change === 'added' ? <ins>{note.text}</ins> : <del>{note.text}</del>}
      </div>
    </section>
  );
}
