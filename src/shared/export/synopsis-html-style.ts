/** How an exported page looks: a measure that reads well, hyphens, the system's own light or dark, and A4 on paper. */
export const synopsisHtmlStyle = `
:root { color-scheme: light dark; --text: #1d1f23; --quiet: #5b626d; --line: #d9dce1; --back: #fff; --link: #1a5fb4; --warn: #8a4b00; }
@media (prefers-color-scheme: dark) {
  :root { --text: #e4e6ea; --quiet: #a2a9b4; --line: #3a3f47; --back: #16181c; --link: #8ab8f5; --warn: #f0b368; }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--back); color: var(--text); font: 17px/1.6 Georgia, 'PT Serif', 'Noto Serif', serif; }
main { max-width: 42rem; margin: 0 auto; padding: 3rem 1.25rem 5rem; hyphens: auto; overflow-wrap: break-word; }
h1 { font-size: 1.75rem; line-height: 1.25; margin: 0 0 0.5rem; hyphens: manual; text-wrap: balance; }
h2 { font-size: 1.2rem; line-height: 1.3; margin: 2.25rem 0 0.5rem; }
p { margin: 0 0 0.75rem; }
ul, ol { margin: 0; padding-left: 1.4rem; }
li { margin: 0 0 0.5rem; }
.meta { color: var(--quiet); font-size: 0.9em; }
.notice { border-left: 3px solid var(--line); padding-left: 0.75rem; color: var(--quiet); }
.warning { border-color: var(--warn); color: var(--warn); }
.checks { list-style: none; padding-left: 0; }
.checks li { padding-left: 1.6rem; position: relative; }
.checks li::before { content: ''; position: absolute; left: 0.15rem; top: 0.42em; width: 0.8em; height: 0.8em; border: 1px solid var(--quiet); border-radius: 2px; }
aside.note { margin: 1.5rem 0; padding: 0.75rem 1rem; border: 1px solid var(--line); border-radius: 6px; }
aside.note p:last-child { margin-bottom: 0; }
sup { line-height: 0; font-size: 0.7em; margin-left: 0.1em; }
a { color: var(--link); text-decoration: none; }
a:hover, a:focus-visible { text-decoration: underline; }
summary { cursor: pointer; }
.notes { margin-top: 3rem; border-top: 1px solid var(--line); font-size: 0.9em; }
:target { background: color-mix(in srgb, var(--link) 15%, transparent); }
@page { size: A4; margin: 20mm 18mm; }
@media print {
  :root { color-scheme: light; --text: #000; --quiet: #444; --line: #bbb; --back: #fff; --link: #000; --warn: #000; }
  body { font-size: 11pt; line-height: 1.45; }
  main { max-width: none; padding: 0; }
  h1, h2 { break-after: avoid; }
  li, p { orphans: 2; widows: 2; }
  summary { list-style: none; }
  /* Paper opens nothing: the answers are printed. */
  details::details-content { content-visibility: visible; block-size: auto; }
  [role='doc-backlink'] { display: none; }
}
`;
