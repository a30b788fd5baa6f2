import { expect, test } from 'vitest';
import { hasFormula } from './formula-marks.ts';

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
