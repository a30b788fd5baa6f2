import { createContext, memo, useContext, useMemo, type ReactNode } from 'react';
import ReactMarkdown, { type Components } from 'react-markdown';
import remarkGfm from 'remark-gfm';
import type { Citation } from '../../../shared/domain/synopsis.ts';
import { useOpenCitation, useOpenLink, useSourceTitle, useSpeech } from '../../state/context.tsx';
import { CitationChip } from '../../ui/citation-chip.tsx';
import { remarkCitationMarks } from './citation-marks.ts';
import { splitMarkdownBlocks } from './markdown-blocks.ts';
import './markdown.css';

const CitationsContext = createContext<readonly Citation[]>([]);

function CitationMark({ number }: { readonly number: number }) {
  const citation = useContext(CitationsContext)[number - 1];
  const sourceTitle = useSourceTitle();
  const open = useOpenCitation();
  const { t } = useSpeech();
  // A marker without its citation is text like any other.
  if (!citation) return <>[{number}]</>;
  return <CitationChip citation={citation} number={number} sourceTitle={sourceTitle(citation.source)} t={t} onOpen={open} />;
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
const plugins = [remarkGfm, remarkCitationMarks];

const MarkdownBlock = memo(function MarkdownBlock({ text }: { readonly text: string }) {
  return (
    <ReactMarkdown remarkPlugins={plugins} components={components} skipHtml>
      {text}
    </ReactMarkdown>
  );
});

/** An answer. Blocks that did not change are not rendered again, so a long stream costs its last block only. */
export function Markdown({ text, citations }: { readonly text: string; readonly citations: readonly Citation[] }) {
  const blocks = useMemo(() => splitMarkdownBlocks(text), [text]);
  return (
    <CitationsContext value={citations}>
      {/* A block never moves: text only grows at its end, so its place is its identity. */}
      <div className="markdown">
        {blocks.map((block, at) => (
          <MarkdownBlock key={at} text={block} />
        ))}
      </div>
    </CitationsContext>
  );
}
