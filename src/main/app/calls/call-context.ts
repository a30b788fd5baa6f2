import type { Language } from '../../../shared/domain/language.ts';
import type { Engine } from '../../engine/engine-api.ts';
import type { EventHub } from '../../ipc/event-hub.ts';
import type { JobViews } from '../../store/jobs/job-views.ts';
import type { Store } from '../../store/store.ts';
import type { Reader } from '../../store/reader.ts';
import type { ChangeFeed } from '../change-feed.ts';
import type { ChooseFile, ChooseFolder } from '../export/save-export.ts';
import type { AnswerTexts } from '../answers/answer-texts.ts';
import type { OfferedFiles } from '../files/offered-files.ts';
import type { JobBus } from '../job-bus.ts';
import type { Models } from '../models/models.ts';
import type { SettingsFile } from '../settings-file.ts';

/** What the handlers work with. */
export interface CallContext {
  readonly store: Store;
  readonly reader: Reader;
  readonly jobViews: JobViews;
  readonly engine: Omit<Engine, 'subscribe'>;
  readonly bus: Pick<JobBus, 'subscribe'>;
  readonly events: EventHub;
  readonly changes: ChangeFeed;
  readonly settings: SettingsFile;
  readonly models: Models;
  readonly answers: AnswerTexts;
  /** Folder of the bundled sample material. */
  readonly samplesDir: string;
  /** The language the program speaks now. */
  readonly language: () => Language;
  /** Null where the host has no dialogs. */
  readonly chooseFile: ChooseFile | null;
  readonly chooseFolder: ChooseFolder | null;
  /** Files that windows without a dialog fetch. */
  readonly offers: Pick<OfferedFiles, 'offer'>;
  readonly now: () => number;
}
