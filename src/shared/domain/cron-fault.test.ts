import { describe, expect, test } from 'vitest';
import { cronFault } from './cron-fault.ts';

describe('what is wrong with a cron expression', () => {
  test.each([
    ['61 * * * *', { kind: 'out_of_range', field: 'minute', value: '61', from: 0, to: 59 }],
    ['0 9 * * 1-5,8', { kind: 'out_of_range', field: 'weekday', value: '8', from: 0, to: 7 }],
    ['0 9 0 * *', { kind: 'out_of_range', field: 'monthDay', value: '0', from: 1, to: 31 }],
    ['5-1 * * * *', { kind: 'backwards', field: 'minute', value: '5-1' }],
    ['*/0 * * * *', { kind: 'zero_step', field: 'minute', value: '*/0' }],
    ['* * * * * *', { kind: 'field_count', count: 6 }],
    ['boo', { kind: 'field_count', count: 1 }],
  ])('%s', (expression, fault) => {
    expect(cronFault(expression)).toEqual(fault);
  });

  test.each(['0 9 * * 1-5', '*/5,*/7 1-3 * JAN-mar MON#2', '0 9 L * *', '@daily', ' 0  9 * * 7 ', 'a b c d e', ''])(
    'names nothing in "%s"',
    expression => {
      expect(cronFault(expression)).toBeNull();
    },
  );
});
