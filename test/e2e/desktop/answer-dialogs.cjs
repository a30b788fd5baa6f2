// Runs before the app's entry (`electron -r`): a dialog at the start comes before a spec can reach the program. Public API only.
const { appendFileSync } = require('node:fs');
const { dialog } = require('electron');

const told = (kind, what) => appendFileSync(process.env.KONSPEKT_SPEC_DIALOGS, `${JSON.stringify({ kind, ...what })}\n`);

dialog.showErrorBox = (title, content) => told('error', { title, content });
dialog.showMessageBoxSync = options => {
  told('question', { message: options.message, detail: options.detail, buttons: options.buttons, cancelId: options.cancelId });
  return Number(process.env.KONSPEKT_SPEC_ANSWER);
};
