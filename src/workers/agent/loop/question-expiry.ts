/** How long a question to the person stands: a week of holidays; then it counts as a no. */
export const questionExpiresInMs = 7 * 24 * 3_600_000;
