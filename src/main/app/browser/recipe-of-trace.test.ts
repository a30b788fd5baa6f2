import { expect, test } from 'vitest';
import { browserStepDone } from '../../../shared/contract/worker/browser-steps.ts';
import { offeredParams } from '../../../shared/domain/recipe-params.ts';
import { recipeOfTrace } from './recipe-of-trace.ts';

const done = (action: object, more: object = {}, durable: object | null = null) =>
  browserStepDone.parse({
    entry: { step: 'tool:1.0', action, why: '', url: '', title: '', outcome: 'done', told: '', screenshot: null, atMs: 1, ...more },
    durable,
  });
const byRef = { by: 'ref', ref: 'e5' };
const field = (name: string) => ({ by: 'role', role: 'textbox', name, nth: 0 });

test('what was typed into a field that hides it, or is called like a key, is no value of the recipe and offered to nobody', () => {
  const made = recipeOfTrace(
    'Log in',
    ['shop.example'],
    [
      done({ do: 'open', url: 'https://shop.example/in?next=home&access_token=T0psecret' }),
      done({ do: 'type', target: byRef, value: { text: 'hunter2' } }, { isSecret: true }, field('Word')),
      done({ do: 'type', target: byRef, value: { text: '123456' } }, {}, field('Код из СМС')),
      done({ do: 'type', target: byRef, value: { text: 'Анна' } }, {}, field('Имя')),
    ],
  );
  expect(JSON.stringify(made)).not.toMatch(/hunter2|123456|T0psecret/u);
  expect(made?.recipe.params).toEqual([
    { name: 'access_token', default: null, isSecret: true },
    { name: 'word', default: null, isSecret: true },
    { name: 'код-из-смс', default: null, isSecret: true },
  ]);
  expect(made === null ? [] : offeredParams(made.recipe).map(({ value }) => value)).toEqual(['home', 'in', 'Анна']);
});

test('steps that nothing lasting means are counted, and looks and failures are not', () => {
  const made = recipeOfTrace(
    'Some',
    ['shop.example'],
    [
      done({ do: 'open', url: 'https://shop.example/' }),
      done({ do: 'snapshot' }),
      done({ do: 'click', target: byRef }),
      done({ do: 'click', target: byRef }, { outcome: 'stale_ref' }),
    ],
  );
  expect(made).toMatchObject({ lost: 1, recipe: { steps: [{ action: { do: 'open' } }] } });
  expect(recipeOfTrace('None', ['shop.example'], [done({ do: 'read' }, { outcome: 'timeout' })])).toBeNull();
});
