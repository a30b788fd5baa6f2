import { expect, test } from 'vitest';
import { hasFormula, withDollars } from './formula-marks.ts';

test.for(['Here $x$.', 'so $a_1 + b_1 = c$, and', '($\\frac{1}{2}$)', '$$\nE = mc^2\n$$', 'a $$x$$ b', '«$n!$»'])(
  '%s has a formula',
  text => {
    expect(hasFormula(text)).toBe(true);
  },
);

test.for([
  'It costs $5 for **one** and $10 for two.',
  'from $5 to $10',
  '$5–$10',
  '$5m–$7m',
  'either 5$ or 6$.',
  '$HOME/$USER',
  'a \\$x\\$ b',
  'no dollars',
  '$ x $',
])('%s has none', text => {
  expect(hasFormula(text)).toBe(false);
});

test.for([
  ['so \\(x^2\\) and \\( y \\).', 'so $x^2$ and $y$.'],
  ['so \\[1\\] and \\[link\\](a)', 'so \\[1\\] and \\[link\\](a)'],
  ['\\(   \\)', '\\(   \\)'],
  ['so\n\\[E = mc^2\\]', 'so\n\n$$\nE = mc^2\n$$\n'],
  ['\\[\na \\\\[2pt] b\n\\]', '\n$$\na \\\\[2pt] b\n$$\n'],
  ['`\\(x\\)` is \\(x\\)', '`\\(x\\)` is $x$'],
  ['- a\n  ```\n  \\(x\\)\n  ```\n- \\(y\\)', '- a\n  ```\n  \\(x\\)\n  ```\n- $y$'],
  ['so\n\n    \\(x\\)\n\n    \\(y\\)\n\nand \\(z\\)', 'so\n\n    \\(x\\)\n\n    \\(y\\)\n\nand $z$'],
  ['\t\\(x\\)\nand \\(y\\)', '\t\\(x\\)\nand $y$'],
  ['a paragraph\n    goes on \\(x\\)', 'a paragraph\n    goes on $x$'],
  ['1. first\n\n    \\(x\\)\n\n    \\(y\\)', '1. first\n\n    $x$\n\n    $y$'],
  ['- first\nlazy\n\n    \\(x\\)', '- first\nlazy\n\n    $x$'],
  ['- first\n\nout\n\n    \\(x\\)', '- first\n\nout\n\n    \\(x\\)'],
  ['\n    `\n\n\\(x\\) ` \\(y\\)', '\n    `\n\n\\(x\\) ` $y$'],
  ['still open \\(x', 'still open \\(x'],
  ['an escaped \\[link](a) stays', 'an escaped \\[link](a) stays'],
] as const)('%s', ([text, expected]) => {
  expect(withDollars(text)).toBe(expected);
});

test('a bracket that is never closed, and thousands of them, are read as quickly as other text', () => {
  // Whole answers of a model: anything slower than linear would take minutes.
  for (const hostile of [
    `\\[${' '.repeat(400_000)}`,
    `\\(${' '.repeat(400_000)}`,
    '\\[a '.repeat(100_000),
    '\\(a\\] '.repeat(80_000),
    '\\] '.repeat(130_000),
    'a\n\n    \\(x\\)\n\n'.repeat(30_000),
  ])
    expect(withDollars(hostile)).toBe(hostile);
});
