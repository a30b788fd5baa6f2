import { modelled } from '../modelled.ts';
import { note } from '../record.ts';

let uploads = false;

/** Takes the options; no dump is ever written. */
export const crashReporter = modelled<
  Pick<Electron.CrashReporter, 'start' | 'getUploadToServer' | 'setUploadToServer' | 'addExtraParameter' | 'removeExtraParameter'>
>('crashReporter', {
  start(options) {
    uploads = options.uploadToServer ?? true;
    note('crashReporter.start', options);
  },
  getUploadToServer: () => uploads,
  setUploadToServer: upload => void (uploads = upload),
  addExtraParameter: (key, value) => note('crashReporter.addExtraParameter', key, value),
  removeExtraParameter: key => note('crashReporter.removeExtraParameter', key),
});
