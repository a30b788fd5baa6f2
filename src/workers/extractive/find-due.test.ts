import { describe, expect, test } from 'vitest';
import { findDue } from './find-due.ts';

describe('findDue', () => {
  test.each([
    ['подготовь отчёт к пятнице', 'к пятнице'],
    ['сдать до 15 марта включительно', 'до 15 марта'],
    ['пришлите до двадцатого ноября', 'до двадцатого ноября'],
    ['закончим до конца недели', 'до конца недели'],
    ['позвоню завтра утром', 'завтра утром'],
    ['созвон в следующий вторник', 'в следующий вторник'],
    ['send it by Friday please', 'by Friday'],
    ['finish by the end of the week', 'by the end of the week'],
    ['contact them by end of March', 'by end of March'],
    ['I will call tomorrow', 'tomorrow'],
    ['order it before September 20', 'before September 20'],
  ])('%s', (text, due) => {
    expect(findDue(text)).toBe(due);
  });

  test.each(['подготовь отчёт', 'до дома далеко', 'к столу', 'write it by hand', 'до 15 человек'])('none in: %s', text => {
    expect(findDue(text)).toBeNull();
  });
});
