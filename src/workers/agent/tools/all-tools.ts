import { addSource } from './add-source.ts';
import { askPerson } from './ask-person.ts';
import { makeSynopsis } from './make-synopsis.ts';
import { readDocument } from './read-document.ts';
import { readResult } from './read-result.ts';
import { runInBackground } from './run-in-background.ts';
import { scheduleJob } from './schedule-job.ts';
import { searchMaterial } from './search-material.ts';
import type { Tool } from './tool.ts';

/** The program's own tools. */
export const allTools: readonly Tool[] = [
  searchMaterial,
  readDocument,
  readResult,
  addSource,
  makeSynopsis,
  scheduleJob,
  askPerson,
  runInBackground,
];
