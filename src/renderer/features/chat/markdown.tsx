import { createContext, lazy, memo, Suspense, useContext, useEffect, useReducer, useState, type ReactNode } from 'react';
import ReactMarkdown, { type Components } from 'react-markdown';
import type { Citation } from '../../../shared/domain/synopsis.ts';
import { useCopyCitationLink, useOpenCitation, useOpenLink, useSourceTitle, useSpeech } from '../../state/context.tsx';
import { CitationChip } from '../../ui/citation-chip.tsx';
import { remarkCitationMarks } from './citation-marks.ts';
import { CodeBlock } from './code-block.tsx';
import { remarkReadsGfm } from './reads-gfm.ts';
import { keptUrl } from './kept-url.ts';
import { hasFormula, withDollars } from './formula-marks.ts';
import { createBlockReader, type MarkdownPart } from './markdown-blocks.ts';
import './markdown.css';

const CitationsContext = createContext<readonly Citation[]>([]);

function CitationMark({ number }: { readonly number: number }) {
  const citation = useContext(CitationsContext)[number - 1];
  const sourceTitle = useSourceTitle();
  const open = useOpenCitation();
  const copyLink = useCopyCitationLink();
  const { t } = useSpeech();
  // A marker without its citation is text like any other.
  if (!citation) return <>[{number}]</>;
  return (
    <CitationChip
      citation={citation}
      number={number}
      sourceTitle={sourceTitle(citation.source)}
      t={t}
      onOpen={open}
      onCopyLink={copyLink}
    />
  );
}

function Link({ href, children }: { readonly href: string | undefined; readonly children: ReactNode }) {
  const openLink = useOpenLink();
  if (!href || href.startsWith('#')) return <span>{children}</span>;
  return (
    <a
      href={href}
      title={href}
      onClick={event => {
        event.preventDefault();
        openLink(href);
      }}
      onAuxClick={event => event.preventDefault()}
    >
      {children}
    </a>
  );
}

function OmittedImage({ alt }: { readonly alt: string }) {
  const { t } = useSpeech();
  return <span className="markdown-image">{t.chat.imageOmitted(alt)}</span>;
}

// SECURITY: raw HTML is not rendered (no rehype-raw), images are never fetched, links go through main.
const components: Components = {
  a: ({ href, children }) => <Link href={href}>{children}</Link>,
  // Code of lists and quotations; what stands by itself is not parsed.
  pre({ node }) {
    const code = node?.children[0];
    if (code?.type !== 'element') return null;
    const names = code.properties['className'];
    const name = Array.isArray(names) ? names.find(each => String(each).startsWith('language-')) : undefined;
    const text = code.children.map(child => (child.type === 'text' ? child.value : '')).join('');
    return <CodeBlock text={text.replace(/\n$/u, '')} language={String(name ?? '').replace('language-', '')} />;
  },
  img: ({ alt }) => <OmittedImage alt={alt ?? ''} />,
  table: ({ children }) => (
    <div className="markdown-table">
      <table>{children}</table>
    </div>
  ),
  sup({ node, children }) {
    const number = Number(node?.properties['dataCitation'] ?? node?.properties['data-citation']);
    return Number.isInteger(number) && number > 0 ? <CitationMark number={number} /> : <sup>{children}</sup>;
  },
};
const plugins = [remarkReadsGfm, remarkCitationMarks];

const FormulaBlock = lazy(() => import('./formula-block.tsx').then(module => ({ default: module.FormulaBlock })));

const ParsedBlock = memo(function ParsedBlock({ text: written }: { readonly text: string }) {
  const text = withDollars(written);
  const plain = <PlainBlock text={text} />;
  if (!hasFormula(text)) return plain;
  return (
    <Suspense fallback={plain}>
      <FormulaBlock text={text} plugins={plugins} components={components} />
    </Suspense>
  );
});

const PlainBlock = memo(function PlainBlock({ text }: { readonly text: string }) {
  return (
    <ReactMarkdown remarkPlugins={plugins} components={components} urlTransform={keptUrl} skipHtml>
      {text}
    </ReactMarkdown>
  );
});

/** A block never moves: text only grows at its end, so its place is its identity. */
const Part = memo(function Part({ part }: { readonly part: MarkdownPart }) {
  return (
    <div className="markdown-part">
      {part.map((block, at) =>
        block.kind === 'code' ? (
          <CodeBlock key={at} text={block.text} language={block.language} />
        ) : (
          <ParsedBlock key={at} text={block.text} />
        ),
      )}
    </div>
  );
});

/** Rest of a stream after which what was held back is shown: no longer than a person takes for a pause. */
const restMs = 250;

interface MarkdownProps {
  readonly text: string;
  readonly citations: readonly Citation[];
  /** The text still grows. */
  readonly live?: boolean;
}

/** An answer. Blocks that did not change are not rendered again, so a long stream costs its last block only. */
export function Markdown({ text, citations, live = false }: MarkdownProps) {
  const [reader] = useState(createBlockReader);
  const [hasRested, rest] = useReducer((_: string, of: string) => of, '');
  const { parts, isBehind } = reader.read(text, !live || hasRested === text);
  useEffect(() => {
    if (!isBehind) return;
    const timer = setTimeout(() => rest(text), restMs);
    return () => clearTimeout(timer);
  }, [isBehind, text]);
  return (
    <CitationsContext value={citations}>
      <div className="markdown">
        {parts.map((part, at) => (
          <Part key={at} part={part} />
        ))}
      </div>
    </CitationsContext>
  );
}
