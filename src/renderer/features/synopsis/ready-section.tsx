import { Check, Ellipsis, Link, NotebookPen, RefreshCw, X } from 'lucide-react';
import { useMemo, useState, type KeyboardEvent } from 'react';
import { useStore } from 'zustand';
import type { StaleReason } from '../../../shared/domain/stale-sections.ts';
import type { Section } from '../../../shared/domain/synopsis.ts';
import { sectionDiff } from '../../../shared/domain/synopsis-diff.ts';
import { useCopyLink, useSayError, useServices, useSpeech } from '../../state/context.tsx';
import { Button } from '../../ui/button.tsx';
import { Menu } from '../../ui/menu.tsx';
import { Popover } from '../../ui/popover.tsx';
import { WorkingMark } from '../../ui/working-mark.tsx';
import { DiffItems } from './diff-items.tsx';
import { SectionItems, type NumberOf } from './section-items.tsx';
import { reasonText } from './version-strips.tsx';
import { useDecideProposal } from './use-decide-proposal.ts';
import './ready-section.css';

interface ReadySectionProps {
  readonly section: Section;
  readonly numberOf: NumberOf;
  readonly isFirst: boolean;
  readonly isLast: boolean;
  /** Why it does not know of all there is; null when it does. */
  readonly stale: readonly StaleReason[] | null;
  /** How it came out when it was made anew; null when nothing waits for a decision. */
  readonly proposed: Section | null;
  readonly isRemade: boolean;
  readonly canChange: boolean;
  readonly onAddNote: (above: boolean) => void;
}

export function ReadySection(props: ReadySectionProps) {
  const { section, numberOf, isLast, stale, proposed, isRemade } = props;
  const { t, language } = useSpeech();
  const [remaking, setRemaking] = useState(false);
  const isEmpty = section.items.length === 0 && proposed === null;
  return (
    <section
      data-section={section.kind}
      className={`synopsis-section ${isEmpty ? 'synopsis-section-empty' : ''} ${isLast ? 'synopsis-section-last' : ''}`}
      {...(isEmpty ? { lang: language } : {})}
    >
      <div className="section-head" lang={language}>
        <h3>{t.synopsis.section[section.kind]}</h3>
        {isRemade && (
          <span className="section-remade">
            <WorkingMark />
            {t.sectionMenu.remaking}
          </span>
        )}
        {stale !== null && !isRemade && proposed === null && <StaleMark section={section} reasons={stale} />}
        <SectionMenu {...props} onRemake={() => setRemaking(true)} />
      </div>
      {isEmpty ? (
        <p>{t.synopsis.emptyReason[section.emptyReason ?? 'nothing_found']}</p>
      ) : (
        <div className="synopsis-items">
          {proposed === null ? (
            <SectionItems section={section} numberOf={numberOf} />
          ) : (
            <ProposedSection before={section} after={proposed} />
          )}
        </div>
      )}
      {remaking && <RemakeForm section={section} onDone={() => setRemaking(false)} />}
    </section>
  );
}

function SectionMenu({ section, isFirst, canChange, onAddNote, onRemake }: ReadySectionProps & { readonly onRemake: () => void }) {
  const { synopsis } = useServices();
  const copyLink = useCopyLink();
  const { t } = useSpeech();
  const sessionId = useStore(synopsis, state => state.sessionId);
  const chosen = useStore(synopsis, state => state.chosen);
  const changes = [
    { key: 'remake', label: t.sectionMenu.remake, icon: <RefreshCw />, onSelect: onRemake },
    { key: 'note', label: t.sectionMenu.addNote, icon: <NotebookPen />, onSelect: () => onAddNote(false) },
    ...(isFirst ? [{ key: 'above', label: t.sectionMenu.addNoteAbove, icon: <NotebookPen />, onSelect: () => onAddNote(true) }] : []),
  ];
  if (sessionId === null) return null;
  return (
    <Menu
      align="start"
      trigger={
        <button type="button" className="section-menu" aria-label={t.sectionMenu.label(t.synopsis.section[section.kind])}>
          <Ellipsis aria-hidden />
        </button>
      }
      entries={[
        ...(canChange ? changes : []),
        {
          key: 'link',
          label: t.places.copyLink,
          icon: <Link />,
          onSelect: () => copyLink({ kind: 'section', sessionId, versionId: chosen, section: section.kind }),
        },
      ]}
    />
  );
}

function StaleMark({ section, reasons }: { readonly section: Section; readonly reasons: readonly StaleReason[] }) {
  const { synopsis } = useServices();
  const sayError = useSayError();
  const speech = useSpeech();
  const { t } = speech;
  const [open, setOpen] = useState(false);
  return (
    <Popover
      title={t.stale.why}
      open={open}
      onOpenChange={setOpen}
      trigger={
        <button type="button" className="section-stale">
          {t.stale.mark}
        </button>
      }
    >
      <ul className="section-reasons">
        {reasons.map((reason, at) => (
          <li key={at}>{reasonText(reason, speech)}</li>
        ))}
      </ul>
      <Button
        size="s"
        icon={<RefreshCw aria-hidden />}
        onClick={() => {
          setOpen(false);
          void synopsis.refresh([section.kind]).then(sayError);
        }}
      >
        {t.stale.refreshOne}
      </Button>
    </Popover>
  );
}

function ProposedSection({ before, after }: { readonly before: Section; readonly after: Section }) {
  const { t, language } = useSpeech();
  const diff = useMemo(() => sectionDiff(before, after), [before, after]);
  const { busy, decide } = useDecideProposal();

  return (
    <div className="section-proposal">
      <div className="section-proposal-head" lang={language}>
        <span>{t.stale.proposedSection}</span>
        <Button size="s" variant="quiet" icon={<X aria-hidden />} disabled={busy} onClick={() => void decide([after.kind], false)}>
          {t.stale.reject}
        </Button>
        <Button size="s" variant="accent" icon={<Check aria-hidden />} disabled={busy} onClick={() => void decide([after.kind], true)}>
          {t.stale.accept}
        </Button>
      </div>
      <DiffItems items={diff.items} />
    </div>
  );
}

function RemakeForm({ section, onDone }: { readonly section: Section; readonly onDone: () => void }) {
  const { synopsis, models } = useServices();
  const sayError = useSayError();
  const { t, language } = useSpeech();
  const canInstruct = useStore(models, state => state.view?.answering.can === true);
  const [instruction, setInstruction] = useState('');
  const [busy, setBusy] = useState(false);

  /** The form is closed, not the synopsis that it is in. */
  function leaveByEscape(event: KeyboardEvent): void {
    if (event.key !== 'Escape') return;
    event.stopPropagation();
    onDone();
  }

  async function make(): Promise<void> {
    setBusy(true);
    const code = await synopsis.regenerate(section.kind, instruction.trim() === '' ? null : instruction.trim());
    setBusy(false);
    if (code !== null) return sayError(code);
    onDone();
  }

  return (
    <form
      className="section-remake"
      lang={language}
      onSubmit={event => {
        event.preventDefault();
        void make();
      }}
    >
      {canInstruct ? (
        <textarea
          value={instruction}
          rows={2}
          maxLength={2_000}
          autoFocus
          aria-label={t.sectionMenu.instruction}
          placeholder={t.sectionMenu.instructionPlaceholder}
          onChange={event => setInstruction(event.target.value)}
          onKeyDown={event => {
            if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) void make();
            leaveByEscape(event);
          }}
        />
      ) : (
        <p>{t.sectionMenu.needsModel}</p>
      )}
      <p className="section-remake-hint">{t.sectionMenu.remakeHint}</p>
      <span className="note-actions">
        <Button size="s" variant="quiet" onClick={onDone} onKeyDown={leaveByEscape}>
          {t.sectionMenu.cancel}
        </Button>
        <Button size="s" variant="accent" disabled={busy} onClick={() => void make()} autoFocus={!canInstruct} onKeyDown={leaveByEscape}>
          {t.sectionMenu.make}
        </Button>
      </span>
    </form>
  );
}
