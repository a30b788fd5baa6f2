import { describe, expect, test } from 'vitest';
import { modelled, ModelledEmitter, preventableEvent, unmodelled } from './modelled.ts';

describe('what is modelled', () => {
  const thing = modelled<{ known(): number; replaced?: number }>('thing', { known: () => 1 });

  test('works, and may be replaced by tests', () => {
    expect(thing.known()).toBe(1);
    thing.replaced = 2;
    expect(thing.replaced).toBe(2);
  });

  test('refuses every other name in one clear sentence', () => {
    expect(() => (thing as unknown as Record<string, () => void>)['other']?.()).toThrow('stand-in: electron.thing.other is not modelled');
  });

  test('can be awaited, printed and compared', async () => {
    expect(await Promise.resolve(thing)).toBe(thing);
    expect(String(Object.prototype.toString.call(thing))).toBe('[object Object]');
    expect(thing).toEqual(thing);
  });
});

describe('an emitter', () => {
  class Door extends ModelledEmitter {
    #opened = 0;
    constructor() {
      super('Door', ['open']);
    }
    open(): number {
      this.emit('open');
      return ++this.#opened;
    }
  }

  test('has one identity, private state and its own events', () => {
    const door = new Door();
    let heard: unknown;
    door.once('open', function (this: unknown) {
      // What an emitter calls its listeners with is the very thing under test.
      // oxlint-disable-next-line typescript/no-this-alias
      heard = this;
    });
    expect(door.open()).toBe(1);
    expect(heard).toBe(door);
    expect(door).toBeInstanceOf(Door);
  });

  test.each(['on', 'once', 'addListener', 'prependListener'] as const)('refuses an unknown event at %s', method => {
    expect(() => new Door()[method]('opne', () => {})).toThrow("stand-in: electron.Door event 'opne' is not modelled");
  });
});

test('a namespace that is not modelled at all refuses calls, members, construction and assignment', () => {
  const nothing = unmodelled('TouchBar') as any;
  for (const use of [() => nothing(), () => new nothing(), () => nothing.member, () => (nothing.member = 1)])
    expect(use).toThrow('stand-in: electron.TouchBar');
});

test('an event remembers that it was prevented, through copies of the reference', () => {
  const event = preventableEvent({ url: 'app://main/' });
  expect([event.defaultPrevented, event.url]).toEqual([false, 'app://main/']);
  event.preventDefault();
  expect(event.defaultPrevented).toBe(true);
});
