/**
 * How long a test looks for what has no event to tell of it. Nothing that works takes so long, however busy the machine is; it
 * is less than a test may take, so that what is missing is told rather than that the time is over.
 */
export const patienceMs = 240_000;
