import { browserScreens } from './browser-screens.ts';
import { chatScreens } from './chat-screens.ts';
import { settingScreens } from './setting-screens.ts';
import { synopsisScreens } from './synopsis-screens.ts';
import { taskScreens } from './task-screens.ts';
import type { Screen } from './screen.ts';

/** Every screen of the window: pictures are made of them, and the end-to-end run checks each. */
export const screens: readonly Screen[] = [...chatScreens, ...synopsisScreens, ...taskScreens, ...browserScreens, ...settingScreens];
