import { useState, type ReactNode } from 'react';
import type { Citation, Section } from '../../../shared/domain/synopsis.ts';
import { useCopyCitationLink, useIsOpenCitation, useOpenCitation, useSourceTitle, useSpeech } from '../../state/context.tsx';
import { CitationChip } from '../../ui/citation-chip.tsx';
import { ClaimLabel, SectionProvenance } from './audit-labels.tsx';
import './section-items.css';

export type NumberOf = (citation: Citation) => number;

function Citations({ citations, numberOf }: { readonly citations: readonly Citation[]; readonly numberOf: NumberOf }) {
  const { t } = useSpeech();
  const sourceTitle = useSourceTitle();
  const open = useOpenCitation();
  const copyLink = useCopyCitationLink();
  const isOpen = useIsOpenCitation();
  // The weakest quote decides what is said in words; a verified one is not shouted about.
  const weakest = citations.some(citation => citation.support === 'missing')
    ? 'missing'
    : citations.some(citation => citation.support === 'approximate')
      ? 'approximate'
      : null;
  return (
    <span className="item-citations">
      {citations.map((citation, at) => (
        <CitationChip
          key={at}
          citation={citation}
          number={numberOf(citation)}
          sourceTitle={sourceTitle(citation.source)}
          t={t}
          isOpen={isOpen(citation)}
          onOpen={open}
          onCopyLink={copyLink}
        />
      ))}
      {weakest !== null && (
        <span className={`item-support item-support-${weakest}`} title={t.synopsis.support[weakest]}>
          {t.synopsis.supportShort[weakest]}
        </span>
      )}
    </span>
  );
}

function Text({
  kind,
  item,
  numberOf,
}: {
  readonly kind: Section['kind'];
  readonly item: { readonly id: string; readonly text: string; readonly citations: readonly Citation[] };
  readonly numberOf: NumberOf;
}) {
  return (
    <WithCitations text={item.text} citations={item.citations} numberOf={numberOf} label={<ClaimLabel kind={kind} item={item.id} />} />
  );
}

/** A text and its marks; the first mark stays on the line of the last word. */
function WithCitations({
  text,
  citations,
  numberOf,
  label,
}: {
  readonly text: string;
  readonly citations: readonly Citation[];
  readonly numberOf: NumberOf;
  readonly label: ReactNode;
}) {
  const cut = text.lastIndexOf(' ') + 1;
  return (
    <>
      {text.slice(0, cut)}
      <span className="unbroken">
        {text.slice(cut)}
        {'\u00A0'}
        <Citations citations={citations} numberOf={numberOf} />
      </span>
      {label}
    </>
  );
}

/** The items of a section, and who made it where that is worth saying. */
export function SectionItems(props: { readonly section: Section; readonly numberOf: NumberOf }) {
  return (
    <>
      <Items {...props} />
      <SectionProvenance provenance={props.section.provenance} />
    </>
  );
}

/** Each kind in the shape that suits it. */
function Items({ section, numberOf }: { readonly section: Section; readonly numberOf: NumberOf }): ReactNode {
  const { t } = useSpeech();
  switch (section.kind) {
    case 'summary':
      return (
        <div className="items-summary">
          {section.items.map(item => (
            <p key={item.id}>
              <Text kind={section.kind} item={item} numberOf={numberOf} />
            </p>
          ))}
        </div>
      );
    case 'theses':
      return (
        <ol className="items-theses">
          {section.items.map(item => (
            <li key={item.id}>
              <Text kind={section.kind} item={item} numberOf={numberOf} />
            </li>
          ))}
        </ol>
      );
    case 'terms':
      return (
        <dl className="items-terms">
          {section.items.map(item => (
            <div key={item.id}>
              <dt>{item.term}</dt>
              <dd>
                <Text kind={section.kind} item={item} numberOf={numberOf} />
              </dd>
            </div>
          ))}
        </dl>
      );
    case 'timeline':
      return (
        <ol className="items-timeline">
          {section.items.map(item => (
            <li key={item.id}>
              <time className="timeline-when" {...(item.date === null ? {} : { dateTime: item.date })}>
                {item.when}
              </time>
              <span>
                <Text kind={section.kind} item={item} numberOf={numberOf} />
              </span>
            </li>
          ))}
        </ol>
      );
    case 'tasks':
      return (
        <table className="items-tasks">
          <thead>
            <tr>
              <th scope="col">{t.synopsis.what}</th>
              <th scope="col">{t.synopsis.who}</th>
              <th scope="col">{t.synopsis.due}</th>
            </tr>
          </thead>
          <tbody>
            {section.items.map(item => (
              <tr key={item.id}>
                <td>
                  <Text kind={section.kind} item={item} numberOf={numberOf} />
                </td>
                <td className={item.who === null ? 'task-unknown' : 'task-fact'}>{item.who ?? t.synopsis.noOne}</td>
                <td className={item.due === null ? 'task-unknown' : 'task-fact'}>{item.due ?? t.synopsis.noDue}</td>
              </tr>
            ))}
          </tbody>
        </table>
      );
    case 'figures':
      return (
        <ul className="items-figures">
          {section.items.map(item => (
            <li key={item.id}>
              <span className="figure-value">{item.figure}</span>
              <span>
                <Text kind={section.kind} item={item} numberOf={numberOf} />
              </span>
            </li>
          ))}
        </ul>
      );
    case 'selfCheck':
      return (
        <ol className="items-theses">
          {section.items.map(item => (
            <li key={item.id}>
              <SelfCheck item={item} numberOf={numberOf} />
            </li>
          ))}
        </ol>
      );
    case 'decisions':
    case 'contradictions':
    case 'questions':
      return (
        <ul className="items-plain">
          {section.items.map(item => (
            <li key={item.id}>
              <Text kind={section.kind} item={item} numberOf={numberOf} />
            </li>
          ))}
        </ul>
      );
  }
}

function SelfCheck({
  item,
  numberOf,
}: {
  readonly item: { readonly id: string; readonly text: string; readonly answer: string; readonly citations: readonly Citation[] };
  readonly numberOf: NumberOf;
}) {
  const { t } = useSpeech();
  const [open, setOpen] = useState(false);
  return (
    <>
      {item.text}
      <button type="button" className="self-check-toggle" aria-expanded={open} onClick={() => setOpen(!open)}>
        {open ? t.synopsis.hideAnswer : t.synopsis.showAnswer}
      </button>
      {open && (
        <p className="self-check-answer">
          <WithCitations
            text={item.answer}
            citations={item.citations}
            numberOf={numberOf}
            label={<ClaimLabel kind="selfCheck" item={item.id} />}
          />
        </p>
      )}
    </>
  );
}
