import { expect, test } from 'vitest';
import { isHiddenName } from './hidden-name.ts';

test.each([
  '.ssh',
  '.',
  '..',
  '',
  ' ',
  '\u200c.ssh',
  '\u200b',
  '~$report.docx',
  'CON',
  'nul.txt',
  'Com1.md',
  'a:b',
  'file.txt:stream',
  'a.',
  'a ',
  '．ssh',
  'desktop.ini',
  'Desktop.INI',
  'AppData',
  'x\u0000',
  'x\ny',
  '\u202efdp.exe',
  '$Recycle.Bin',
])('%j is left alone', name => expect(isHiddenName(name)).toBe(true));

test.each([
  'plan.md',
  'Отчёт за год.docx',
  'конспект',
  'a.b.c',
  '❤️ notes.txt',
  '👩‍💻.md',
  'e\u0301.txt',
  'console.log',
  'nullable',
  'a~1.txt',
  'مي\u200cخواهم.txt',
])('%j is a file like others', name => expect(isHiddenName(name)).toBe(false));
