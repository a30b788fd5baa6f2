/** Set-up could not finish. The message says what and the cure; `log` is the failed command's own output. */
export class SetupFailure extends Error {
  /**
   * @param {string} message
   * @param {string} log
   */
  constructor(message, log = '') {
    super(message);
    this.name = 'SetupFailure';
    this.log = log;
  }
}
