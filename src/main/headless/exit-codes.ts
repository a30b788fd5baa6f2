/** What the command line's exit codes mean; listed in the README and in `konspekt --help`. */
export const exitCodes = {
  done: 0,
  /** A fault of the program itself; the log has the details. */
  internal: 1,
  /** An argument that cannot be used: an unknown option, a file that is not there. */
  usage: 2,
  /** Finished, with shortcomings named on standard error. */
  issues: 3,
  /** The job failed, or none of the sources could be read. */
  failed: 4,
  /** The data folder is in use by a program that does not answer, or cannot be opened: not writable, full, damaged. */
  dataFolder: 5,
  /** No such job, chat or schedule. */
  notFound: 6,
  /** A job waits for a person to say what became of an effect. */
  undecided: 7,
  /** Cancelled, by Ctrl+C or from elsewhere: 128 + SIGINT, as shells count. */
  cancelled: 130,
} as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

/** Ends a command with a sentence for standard error. */
export class CommandError extends Error {
  override readonly name: string = 'CommandError';
  readonly exitCode: ExitCode;
  constructor(exitCode: ExitCode, sentence: string) {
    super(sentence);
    this.exitCode = exitCode;
  }
}

/** The program a command talked to is gone; what it had acknowledged is kept. */
export class ConnectionLostError extends CommandError {}
