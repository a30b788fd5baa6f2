import { addSource } from './add-source.ts';
import { askPerson } from './ask-person.ts';
import { fetchPage } from './fetch-page.ts';
import { listFiles } from './list-files.ts';
import { makeSynopsis } from './make-synopsis.ts';
import { readDocument } from './read-document.ts';
import { readFile } from './read-file.ts';
import { readResult } from './read-result.ts';
import { runInBackground } from './run-in-background.ts';
import { scheduleJob } from './schedule-job.ts';
import { searchMaterial } from './search-material.ts';
import { searchWeb } from './search-web.ts';
import type { Tool } from './tool.ts';
import { writeFile } from './write-file.ts';

/** The program's own tools. */
export const allTools: readonly Tool[] = [
  searchMaterial,
  readDocument,
  readResult,
  fetchPage,
  searchWeb,
  listFiles,
  readFile,
  writeFile,
  addSource,
  makeSynopsis,
  scheduleJob,
  askPerson,
  runInBackground,
];
