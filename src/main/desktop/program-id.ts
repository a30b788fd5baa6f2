/**
 * Under which systems file the program: Windows' notifications and pinned icon (AppUserModelID), the bundle on macOS, the
 * desktop entry on Linux. Whatever packs the program takes it from here; a changed one is another program to all of them.
 */
export const programId = 'app.konspekt.desktop';
