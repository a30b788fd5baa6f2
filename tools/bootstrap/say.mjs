/**
 * One calm line per phase. It goes to standard error, so that `npx konspekt … > file` keeps standard output for the command's result.
 * @type {(sentence: string) => void}
 */
export const say = sentence => {
  process.stderr.write(`konspekt: ${sentence}\n`);
};
