import { useLayoutEffect, useMemo, useRef } from 'react';
import ReactMarkdown, { type Components, type Options } from 'react-markdown';
import remarkMath from 'remark-math';
import temml from 'temml';
import { remarkPricesAreText } from './formula-marks.ts';
import { keptUrl } from './kept-url.ts';

/** Characters of one formula that are set; a longer one is shown as it is written. A page of equations has less. */
const formulaLimit = 10_000;

/**
 * A formula as MathML, which the browser sets itself.
 *
 * SECURITY: its elements are made one by one, never out of HTML; without trust there are no links, images or classes of its
 * own, and macros cannot expand without end.
 */
function Formula({ tex, isDisplay }: { readonly tex: string; readonly isDisplay: boolean }) {
  const ref = useRef<HTMLSpanElement>(null);
  useLayoutEffect(() => {
    const place = ref.current;
    if (place === null) return;
    try {
      if (tex.length > formulaLimit) throw new RangeError(`A formula of ${tex.length} characters is not set.`);
      temml.render(tex, place, { displayMode: isDisplay, throwOnError: true, trust: false, maxExpand: 1_000 });
    } catch {
      // What cannot be set is shown as it is written.
      place.replaceChildren(isDisplay ? `$$${tex}$$` : `$${tex}$`);
    }
  }, [tex, isDisplay]);
  return <span ref={ref} className={isDisplay ? 'markdown-formula' : undefined} tabIndex={isDisplay ? 0 : undefined} />;
}

interface FormulaBlockProps {
  readonly text: string;
  readonly plugins: NonNullable<Options['remarkPlugins']>;
  readonly components: Components;
}

/** The same with formulas in the place of the code that they are read as. */
function withFormulas(components: Components): Components {
  return {
    ...components,
    code({ className = '', children, node }) {
      if (!className.includes('math-')) return <code className={className}>{children}</code>;
      const tex = (node?.children ?? []).map(child => (child.type === 'text' ? child.value : '')).join('');
      return <Formula tex={tex.replace(/\n$/u, '')} isDisplay={className.includes('math-display')} />;
    },
    pre({ node, children, ...rest }) {
      const [code] = node?.children ?? [];
      const names = code?.type === 'element' ? code.properties['className'] : null;
      if (Array.isArray(names) && names.includes('math-display')) return <>{children}</>;
      const { pre: Pre } = components;
      return Pre === undefined || typeof Pre === 'string' ? null : (
        <Pre node={node} {...rest}>
          {children}
        </Pre>
      );
    },
  };
}

/** A block of Markdown that has formulas. */
export function FormulaBlock({ text, plugins, components }: FormulaBlockProps) {
  // The same functions for each piece of a growing block: formulas that did not change are not set again.
  const own = useMemo(() => withFormulas(components), [components]);
  return (
    <ReactMarkdown remarkPlugins={[remarkMath, remarkPricesAreText, ...plugins]} components={own} urlTransform={keptUrl} skipHtml>
      {text}
    </ReactMarkdown>
  );
}
