import { Braces, FileSpreadsheet } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { ExtractedTable } from '../../../shared/domain/browser.ts';
import type { JobId } from '../../../shared/domain/ids.ts';
import { visibleLine } from '../../../shared/domain/visible-text.ts';
import type { TableFormat } from '../../../shared/export/table-file.ts';
import type { BrowserTables } from '../../state/browser-store.ts';
import { useServices, useSpeech } from '../../state/context.tsx';
import { useHandOver } from '../../state/use-hand-over.ts';
import { Button } from '../../ui/button.tsx';

/** Rows in the window: more is for a spreadsheet. */
const rowsShown = 100;

interface ResultTablesProps {
  readonly jobId: JobId;
  /** Changes when there may be more. */
  readonly mark: string;
}

/** What a task has read into tables and downloaded; nothing where there is neither. */
export function ResultTables({ jobId, mark }: ResultTablesProps) {
  const { browser } = useServices();
  const speech = useSpeech();
  const { t } = speech;
  const [result, setResult] = useState<{ readonly of: JobId; readonly value: BrowserTables } | null>(null);
  useEffect(() => {
    let isShown = true;
    void browser.tables(jobId).then(read => {
      if (isShown && read.ok) setResult({ of: jobId, value: read.value });
    });
    return () => {
      isShown = false;
    };
  }, [browser, jobId, mark]);
  if (result?.of !== jobId) return null;
  const { tables, files } = result.value;
  if (tables.length + files.length === 0) return null;
  return (
    <section className="browser-part" aria-label={t.browser.results}>
      <h3>{t.browser.results}</h3>
      {tables.map(table => (
        <Table key={table.step} jobId={jobId} table={table} />
      ))}
      {files.length > 0 && (
        <>
          <h4>{t.browser.downloads}</h4>
          <p className="browser-note">{t.browser.downloadsHint}</p>
          <ul className="browser-files">
            {files.map(({ name, path, byteCount }) => (
              <li key={path} title={path}>
                <span className="truncate">{visibleLine(name)}</span>
                <span className="browser-note">{speech.bytes(byteCount)}</span>
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}

function Table({ jobId, table }: { readonly jobId: JobId; readonly table: ExtractedTable }) {
  const { browser } = useServices();
  const handOver = useHandOver();
  const speech = useSpeech();
  const { t } = speech;
  const { step, columns, rows } = table;
  const title = visibleLine(table.title || table.url);
  const save = (format: TableFormat): void =>
    void handOver({ save: () => browser.saveTable(jobId, step, format), offer: () => browser.offerTable(jobId, step, format) });
  const isNumeric = (column: string): boolean => rows.every(row => typeof row[column] === 'number' || row[column] == null);
  return (
    <div className="result-table">
      {/* Reached by the Tab key, so that the arrows scroll it. */}
      <div className="result-scroll" role="group" aria-label={t.browser.tableOf(title)} tabIndex={0}>
        <table>
          <caption>
            {title} · {t.browser.rows(rows.length)}
          </caption>
          <thead>
            <tr>
              {columns.map(column => (
                <th key={column} scope="col" className={isNumeric(column) ? 'result-number' : undefined}>
                  {visibleLine(column)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.slice(0, rowsShown).map((row, at) => (
              <tr key={at}>
                {columns.map(column => (
                  <Cell key={column} value={row[column] ?? null} />
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {rows.length > rowsShown && <p className="browser-note">{t.browser.rowsShown(rowsShown, rows.length)}</p>}
      <p className="browser-ways">
        <Button size="s" icon={<FileSpreadsheet aria-hidden />} onClick={() => save('csv')}>
          {t.browser.saveCsv}
        </Button>
        <Button size="s" icon={<Braces aria-hidden />} onClick={() => save('json')}>
          {t.browser.saveJson}
        </Button>
      </p>
    </div>
  );
}

function Cell({ value }: { readonly value: string | number | null }) {
  const speech = useSpeech();
  if (typeof value === 'number') return <td className="result-number">{speech.number(value)}</td>;
  if (value !== null && value !== '') return <td>{visibleLine(value)}</td>;
  return (
    <td>
      <span aria-hidden>—</span>
      <span className="visually-hidden">{speech.t.browser.noValue}</span>
    </td>
  );
}
