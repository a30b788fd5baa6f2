// `konspekt health`, `konspekt serve --metrics` and `konspekt jobs trace` against the real program, over real HTTP.
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { health } from '../../src/shared/contract/health.ts';
import { jobTrace } from '../../src/shared/domain/job-trace.ts';
import { failOnLeaks } from '../support/leaks.ts';
import { otlpTraces } from '../support/otlp-schema.ts';
import { runCommand, startCommand } from '../support/program/command.ts';
import { tempFolder } from '../support/temp-folder.ts';

const lecture = join(import.meta.dirname, '..', '..', 'resources', 'samples', 'en-lecture.md');
/** Of the sample: nothing of it may leave the program with figures, traces or the log. */
const title = 'Forgetting';

failOnLeaks();

let folder: string;
let dataDir: string;
beforeEach(({ onTestFinished }) => {
  const temporary = tempFolder();
  folder = temporary.path;
  dataDir = join(folder, 'data');
  onTestFinished(() => {
    temporary.remove();
  });
});

/** A line of the exposition format: a comment, or a name, its labels and a number. */
const expositionLine = /^(# (HELP|TYPE) [a-z_]+ .+|[a-z_]+(\{([a-z_]+="[^"\\]*",?)+\})? -?\d+(\.\d+)?(e[+-]?\d+)?)$/u;

test('figures are served to who has the token, and tell what happened without saying what it was about', async () => {
  const serving = startCommand(['serve', '--port', '0', '--metrics'], { dataDir });
  await serving.prints('The token is kept in');
  const tokenFile = join(dataDir, 'metrics-token');
  const token = readFileSync(tokenFile, 'utf8');
  if (process.platform !== 'win32') expect(statSync(tokenFile).mode & 0o077).toBe(0);
  const made = await runCommand(['synopsis', lecture], { dataDir });
  expect(made.code).toBe(0);

  const told = await runCommand(['health'], { dataDir, language: 'ru' });
  expect(told.stdout).toContain('За минуту — поставлено: 2, начато: 2, готово: 2, с ошибкой: 0');
  expect(told.stdout).toMatch(/ {2}Конспекты — .+\n {4}процесс \d+ \(1-й\): память [\d,]+ МБ/u);
  const { running, ...figures } = JSON.parse((await runCommand(['health', '--json'], { dataDir })).stdout) as { running: unknown };
  expect(running).toBe(true);
  expect(health.parse(figures)).toMatchObject({
    queue: [],
    oldestQueuedMs: null,
    storage: 'ok',
    lastMinute: { enqueued: 2, started: 2, done: 2, failed: 0, lost: 0 },
  });

  const address = /http:\/\/127\.0\.0\.1:\d+\/metrics/u;
  serving.signal('SIGINT');
  const ended = await serving.ended;
  expect(ended.code).toBe(0);
  expect(ended.stdout).toContain(`Authorization: Bearer ${token}`);
  expect(ended.stdout).toMatch(address);
});

test('a scraper is answered in the format of Prometheus', async () => {
  const serving = startCommand(['serve', '--port', '0', '--metrics'], { dataDir });
  await serving.prints('The token is kept in');
  expect((await runCommand(['synopsis', lecture], { dataDir })).code).toBe(0);
  const { port } = JSON.parse(readFileSync(join(dataDir, 'control.json'), 'utf8')) as { port: number };
  const token = readFileSync(join(dataDir, 'metrics-token'), 'utf8');
  const answer = await fetch(`http://127.0.0.1:${port}/metrics`, { headers: { authorization: `Bearer ${token}` } });
  expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'text/plain; version=0.0.4; charset=utf-8']);
  const text = await answer.text();
  const lines = text.trimEnd().split('\n');
  for (const line of lines) expect(line).toMatch(expositionLine);
  for (const line of [
    'konspekt_jobs_ended_total{kind="synopsis.make",outcome="ok"} 1',
    'konspekt_jobs_ended_total{kind="document.import",outcome="ok"} 1',
    'konspekt_job_attempts_total{kind="synopsis.make",end="done"} 1',
    'konspekt_job_run_seconds_count{kind="synopsis.make"} 1',
    'konspekt_job_wait_seconds_count{kind="synopsis.make"} 1',
    'konspekt_jobs{kind="synopsis.make",state="queued"} 0',
    'konspekt_storage{state="ok"} 1',
    'konspekt_worker_restarts_total{worker="synopsis"} 0',
  ])
    expect(lines).toContain(line);
  expect(text).not.toContain(title);
  expect(text).not.toContain('en-lecture');
  serving.signal('SIGINT');
  expect((await serving.ended).code).toBe(0);

  // Kept for the scraper's configuration; without being asked for there are no figures.
  const again = startCommand(['serve', '--port', '0'], { dataDir });
  await again.prints('Ctrl+C stops it.');
  expect(readFileSync(join(dataDir, 'metrics-token'), 'utf8')).toBe(token);
  const control = JSON.parse(readFileSync(join(dataDir, 'control.json'), 'utf8')) as { port: number };
  expect((await fetch(`http://127.0.0.1:${control.port}/metrics`, { headers: { authorization: `Bearer ${token}` } })).status).toBe(401);
  const second = await runCommand(['serve', '--metrics', '--no-page'], { dataDir });
  expect(second.stderr).toContain('serves no figures unless it was started with --metrics');
  again.signal('SIGINT');
  await again.ended;
});

test('the trace of a job is printed as JSON and for OpenTelemetry, and is the one that the log names', async () => {
  expect((await runCommand(['synopsis', lecture], { dataDir })).code).toBe(0);
  const [line = ''] = (await runCommand(['jobs', 'list', '--json'], { dataDir })).stdout.split('\n');
  const { id } = JSON.parse(line) as { id: string };
  const printed = (await runCommand(['jobs', 'trace', id], { dataDir })).stdout;
  const trace = jobTrace.parse(JSON.parse(printed));
  expect(trace).toMatchObject({ job: { id, kind: 'synopsis.make', state: 'done' }, attempts: [{ number: 1, end: 'done' }], isCut: false });
  expect(trace.steps.length).toBeGreaterThan(3);
  expect(trace.steps.every(step => step.attemptSpanId === trace.attempts[0]?.spanId)).toBe(true);

  const file = join(folder, 'trace.json');
  const saved = await runCommand(['jobs', 'trace', id.slice(0, 30), '--format', 'otlp', '--out', file], { dataDir, language: 'ru' });
  expect(saved).toEqual({ code: 0, stdout: '', stderr: `Трасса записана в ${file}\n` });
  const text = readFileSync(file, 'utf8');
  const spans = otlpTraces.parse(JSON.parse(text)).resourceSpans[0]?.scopeSpans[0]?.spans ?? [];
  const ids = new Set(spans.map(span => span.spanId));
  expect(ids.size).toBe(spans.length);
  expect(spans.filter(span => span.parentSpanId === undefined).map(span => span.name)).toEqual(['synopsis.make']);
  for (const span of spans) if (span.parentSpanId !== undefined) expect(ids).toContain(span.parentSpanId);
  expect(new Set(spans.map(span => span.traceId))).toEqual(new Set([trace.traceId]));
  expect(printed + text).not.toContain(title);

  const log = readdirSync(join(dataDir, 'logs'))
    .map(name => readFileSync(join(dataDir, 'logs', name), 'utf8'))
    .join('');
  const ended = log
    .split('\n')
    .filter(entry => entry.includes('A job has ended.'))
    .map(entry => JSON.parse(entry) as { jobId: string; traceId: string });
  expect(ended).toContainEqual(expect.objectContaining({ jobId: id, traceId: trace.traceId, kind: 'synopsis.make', state: 'done' }));

  const unknown = await runCommand(['jobs', 'trace', '01920000-0000-7000-8000-000000000009'], { dataDir });
  expect(unknown.code).toBe(6);
});
