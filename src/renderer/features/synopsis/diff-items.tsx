import { useSpeech } from '../../state/context.tsx';
import { fieldOf, itemFields, type Item, type ItemDiff } from '../../../shared/domain/synopsis-diff.ts';
import type { TextRun } from '../../../shared/domain/word-diff.ts';
import './diff-items.css';

/** Which texts are shown: of one side alone, or both in one text. */
export type DiffShow = 'both' | 'before' | 'after';

export function Runs({ runs, show = 'both' }: { readonly runs: readonly TextRun[]; readonly show?: DiffShow }) {
  const hidden = show === 'before' ? 'added' : show === 'after' ? 'removed' : null;
  return (
    <>
      {runs
        .filter(({ kind }) => kind !== hidden)
        .map(({ kind, text }, at) =>
          kind === 'added' ? <ins key={at}>{text}</ins> : kind === 'removed' ? <del key={at}>{text}</del> : <span key={at}>{text}</span>,
        )}
    </>
  );
}

function Fields({ item }: { readonly item: Item }) {
  return (
    <>
      {itemFields.map(field => {
        const text = fieldOf(item, field);
        return text === '' ? null : (
          <span key={field} className={`diff-field diff-field-${field}`}>
            {text}
          </span>
        );
      })}
    </>
  );
}

/** One item as the comparison found it; null where this side has none of it. */
export function DiffItem({ diff, show }: { readonly diff: ItemDiff; readonly show: DiffShow }) {
  const { t } = useSpeech();
  switch (diff.change) {
    case 'same':
      return <Fields item={diff.item} />;
    case 'added':
      return show === 'before' ? null : (
        <ins>
          <span className="visually-hidden">{t.versions.added}: </span>
          <Fields item={diff.item} />
        </ins>
      );
    case 'removed':
      return show === 'after' ? null : (
        <del>
          <span className="visually-hidden">{t.versions.removed}: </span>
          <Fields item={diff.item} />
        </del>
      );
    case 'changed':
      return (
        <>
          {diff.fields.map(({ field, runs }) => (
            <span key={field} className={`diff-field diff-field-${field}`}>
              <Runs runs={runs} show={show} />
            </span>
          ))}
          {diff.fields.every(({ runs }) => runs.every(({ kind }) => kind === 'same')) && (
            <span className="diff-quotes">{t.versions.quotesChanged}</span>
          )}
        </>
      );
  }
}

/** The items of a section with what is new and what is gone in them. */
export function DiffItems({ items, show = 'both' }: { readonly items: readonly ItemDiff[]; readonly show?: DiffShow }) {
  const { t } = useSpeech();
  if (items.length === 0) return <p className="diff-empty">{t.versions.nothing}</p>;
  return (
    <ul className="diff-items">
      {items.map((diff, at) => (
        <li key={at} className={`diff-item diff-${diff.change}`}>
          <DiffItem diff={diff} show={show} />
        </li>
      ))}
    </ul>
  );
}
