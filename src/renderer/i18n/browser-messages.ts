import type { BrowserActionName, StepOutcome } from '../../shared/domain/browser.ts';

/** Roles of elements (WAI-ARIA) that a person has a word for. */
export const namedRoles = [
  'button',
  'link',
  'textbox',
  'searchbox',
  'checkbox',
  'radio',
  'combobox',
  'option',
  'tab',
  'menuitem',
  'heading',
  'img',
] as const;
export type NamedRole = (typeof namedRoles)[number];

/** What browser tasks are about: the pane, the forms, the cards. Keys of tables are the domain's own names. */
export interface BrowserMessages {
  readonly browser: {
    readonly title: string;
    /** Of the mark on the tab. */
    readonly atWork: string;
    readonly task: string;
    readonly recipe: string;
    readonly sites: string;

    readonly holder: Readonly<Record<'person' | 'paused', string>>;
    /** What taking over means. */
    readonly holding: string;
    readonly pausedHint: string;
    readonly takeOver: string;
    readonly giveBack: string;
    readonly pause: string;
    readonly goOn: string;
    readonly newTask: string;
    readonly steps: string;
    readonly address: string;
    readonly tabs: string;
    readonly tab: (number: number, title: string) => string;
    readonly noAddress: string;
    readonly screen: (title: string) => string;
    readonly screenHeld: (title: string) => string;
    readonly screenNone: string;
    readonly screenEnded: string;
    readonly screenWaits: string;

    readonly trace: string;
    readonly traceEmpty: string;
    readonly showPicture: (number: number) => string;
    readonly pictureOf: (number: number) => string;
    readonly pictureGone: string;
    readonly earlier: string;
    readonly later: string;
    readonly action: Readonly<Record<BrowserActionName, (what: string) => string>>;
    /** The same where nothing is named. */
    readonly plain: Readonly<Record<BrowserActionName, string>>;
    readonly role: Readonly<Record<NamedRole, (name: string) => string>>;
    readonly element: (name: string) => string;
    readonly field: (name: string) => string;
    readonly secret: (name: string) => string;
    readonly quoted: (text: string) => string;
    readonly typed: (text: string, where: string) => string;
    readonly chosen: (options: string, where: string) => string;
    readonly pressed: (key: string, where: string) => string;
    readonly scrollTo: Readonly<Record<'down' | 'up' | 'end' | 'start', string>>;
    readonly fields: (names: string) => string;
    readonly uploaded: (path: string, where: string) => string;
    readonly tabShown: (number: number) => string;
    readonly tabClosed: (number: number) => string;
    readonly assertText: (text: string) => string;
    readonly assertUrl: (url: string) => string;
    readonly assertGone: (text: string) => string;
    readonly wholePage: string;
    readonly underWay: string;
    readonly outcome: Readonly<Record<StepOutcome | 'unknown', string>>;

    readonly results: string;
    readonly tableOf: (title: string) => string;
    readonly rows: (count: number) => string;
    readonly rowsShown: (shown: number, all: number) => string;
    readonly noValue: string;
    readonly saveCsv: string;
    readonly saveJson: string;
    readonly downloads: string;
    readonly downloadsHint: string;

    readonly startTitle: string;
    readonly startLead: string;
    readonly how: string;
    readonly inWords: string;
    readonly byRecipe: string;
    readonly taskLabel: string;
    readonly taskExample: string;
    readonly taskHint: string;
    readonly start: string;
    readonly noModel: string;
    readonly connect: string;
    readonly recipes: string;
    readonly noRecipes: string;
    readonly noRecipesLead: string;
    readonly newRecipe: string;
    readonly open: (name: string) => string;
    readonly remove: (name: string) => string;
    readonly removed: (name: string) => string;
    readonly recipeText: string;
    readonly recipeTextHint: string;
    readonly readRecipe: string;
    readonly loadFile: string;
    readonly keep: string;
    readonly kept: (name: string) => string;
    readonly back: string;
    readonly copyRecipe: string;
    readonly params: string;
    readonly paramMissing: string;
    readonly recipeSteps: (count: number) => string;
    readonly notJson: (where: string) => string;
    readonly place: (line: string, column: string) => string;
    readonly faultsTitle: string;
    readonly faultAt: (where: string, what: string) => string;
    readonly faultStep: (number: number) => string;
    readonly faultWhole: string;
    readonly fault: {
      readonly missing: string;
      readonly unknown: (keys: string) => string;
      readonly wrong: string;
      readonly tooMuch: string;
      readonly noAction: string;
    };
    readonly moreFaults: (count: number) => string;
    readonly saveRun: string;
    readonly saveRunName: string;
    readonly cancel: string;

    readonly planSites: string;
    readonly planSteps: string;
    readonly planTool: string;
    readonly siteTool: string;
    readonly planHint: string;
    readonly picture: string;
    readonly larger: string;

    readonly settings: string;
    readonly settingsHint: string;
    readonly chosenBrowser: string;
    readonly firstFound: string;
    readonly version: (name: string, version: string) => string;
    readonly atOnce: string;
    readonly noneTitle: string;
    readonly noneLead: string;
    readonly noneAgain: string;
    readonly get: (name: string) => string;
    readonly show: string;
    readonly escHint: string;
  };
}
