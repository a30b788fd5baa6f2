import { expect, test } from 'vitest';
import { browserAction } from '../../shared/domain/browser.ts';
import { estimateTokens } from '../agent/loop/estimate-tokens.ts';
import { modelTool } from '../agent/loop/agent-setup.ts';
import type { BrowserHand } from './browser-hand.ts';
import { browserTools, toolOfAction } from './browser-tools.ts';

const idle: BrowserHand = {
  allow: () => Promise.resolve(),
  asks: () => Promise.resolve(null),
  perform: () => Promise.resolve({ text: '' }),
  stopped: () => null,
  close: () => Promise.resolve(),
};
const tools = browserTools(idle);
const inputOf = (name: string) => tools.find(tool => tool.name === name)?.input;

test('every action has its tool', () => {
  expect(new Set(tools.map(({ name }) => name))).toEqual(
    new Set(['browser_plan', 'browser_site', ...browserAction.options.map(option => toolOfAction(option.shape.do.value))]),
  );
});

test('what a task cannot do without fits a model of 4,096 tokens', () => {
  const told = tools.map(tool => ({
    name: tool.name,
    tokens: estimateTokens(JSON.stringify(modelTool(tool, { language: 'en', agent: 'browser', depth: 1 }))),
  }));
  const first = told.slice(0, 6);
  expect(first.map(({ name }) => name)).toEqual([
    'browser_plan',
    'browser_open',
    'browser_read',
    'browser_click',
    'browser_type',
    'browser_snapshot',
  ]);
  expect(first.reduce((sum, { tokens }) => sum + tokens, 0)).toBeLessThan(800);
});

test('a model names an element by its ref, a recipe as it lasts', () => {
  expect(inputOf('browser_click')?.parse({ ref: 'e12', why: 'go on' })).toEqual({ target: { by: 'ref', ref: 'e12' }, why: 'go on' });
  expect(inputOf('browser_type')?.parse({ ref: 'e3', text: 'tea' })).toEqual({
    target: { by: 'ref', ref: 'e3' },
    value: { text: 'tea' },
    why: '',
  });
  expect(inputOf('browser_press')?.parse({ key: 'Enter' })).toMatchObject({ key: 'Enter', target: null });
  expect(inputOf('browser_find')?.parse({ text: 'tea' })).toEqual({ text: 'tea', why: '' });
  const lasting = { target: { by: 'label', text: 'Name' }, value: { secret: 'login' }, why: '' };
  expect(inputOf('browser_type')?.parse(lasting)).toEqual(lasting);
  expect(inputOf('browser_click')?.safeParse({ ref: 'nonsense' }).success).toBe(false);
});
