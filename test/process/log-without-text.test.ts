// The log of the whole program at its most talkative: not a word of what a person gave it.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { failOnLeaks } from '../support/leaks.ts';
import { runCommand } from '../support/program/command.ts';
import { tempFolder } from '../support/temp-folder.ts';

failOnLeaks();

const marker = 'Квазимодомаркер';
const nameMarker = 'личное-имяфайла';

test('documents, their names and titles and what readers say of them stay out of the log', async () => {
  const folder = tempFolder();
  onTestFinished(() => {
    folder.remove();
  });
  vi.stubEnv('KONSPEKT_LOG_LEVEL', 'trace');
  onTestFinished(() => {
    vi.unstubAllEnvs();
  });
  const dataDir = join(folder.path, 'data');
  mkdirSync(join(folder.path, nameMarker));
  const file = (name: string, content: string): string => {
    const path = join(folder.path, nameMarker, name);
    writeFileSync(path, content);
    return path;
  };
  const sources = [
    file(`${nameMarker}.md`, `# ${marker}\n\n${`${marker} построил маяк в 1882 году на северной скале. `.repeat(40)}`),
    file(`${nameMarker}.pdf`, `%PDF-1.7\n1 0 obj\n<< /Title (${marker}) >>\n${marker}`),
    file(`${nameMarker}.docx`, `PK\u0003\u0004${marker}`),
    file(`${nameMarker}.html`, `<title>${marker}</title><p>${marker}`),
    `http://127.0.0.1:9/${encodeURIComponent(nameMarker)}`,
  ];
  const { code, stdout } = await runCommand(['synopsis', ...sources], { dataDir });
  expect(code).toBe(3);
  expect(stdout).toContain(marker);
  const logs = readdirSync(join(dataDir, 'logs')).map(name => readFileSync(join(dataDir, 'logs', name), 'utf8'));
  const log = logs.join('');
  expect(log).not.toBe('');
  for (const secret of [marker, nameMarker, encodeURIComponent(nameMarker), folder.path]) expect(log).not.toContain(secret);
});
