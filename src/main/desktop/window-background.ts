/** The paper of `renderer/styles/tokens.css`, painted before the page is there, so that opening does not flash. */
export const windowBackground = { light: '#fcfbf8', dark: '#1c1b19' } as const;
