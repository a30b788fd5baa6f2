/** Pages of the settings, as they stand below each other in the window. */
export const settingsPages = ['general', 'notifications', 'assistant', 'limits', 'browser', 'data', 'about'] as const;
export type SettingsPage = (typeof settingsPages)[number];
