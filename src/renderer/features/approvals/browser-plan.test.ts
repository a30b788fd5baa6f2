import { expect, test } from 'vitest';
import { readPlan } from './browser-plan.tsx';

test('a plan is read, and anything else is left to be shown as it is', () => {
  const plan = { sites: ['shop.example', '*.shop.example:8443'], steps: ['Open'] };
  expect(readPlan('browser_plan', JSON.stringify(plan))).toEqual(plan);
  expect(readPlan('browser_site', '{"sites":["a.example"]}')).toEqual({ sites: ['a.example'], steps: [] });
  for (const payload of [null, '', '[]', '{"sites":[]}', '{"sites":["a"],"also":"this"}', '{"sites":[1]}'])
    expect(readPlan('browser_plan', payload), String(payload)).toBeNull();
  expect(readPlan('write_file', JSON.stringify(plan))).toBeNull();
});
