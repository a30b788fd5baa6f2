/** Logins of browser tasks. */
export interface LoginMessages {
  readonly logins: {
    readonly title: string;
    readonly hint: string;
    readonly empty: string;
    readonly add: string;
    readonly name: string;
    readonly nameExample: string;
    readonly sites: string;
    readonly sitesHint: string;
    readonly user: string;
    readonly password: string;
    readonly passwordHint: string;
    readonly weak: string;
    readonly acceptWeak: string;
    readonly unavailable: string;
    readonly save: string;
    readonly cancel: string;
    /** When its sites were last left signed in. */
    readonly session: (when: string) => string;
    readonly noSession: string;
    readonly keeps: { readonly both: string; readonly password: string; readonly user: string; readonly nothing: string };
    readonly locked: string;
    readonly inUse: string;
    readonly forget: string;
    readonly forgetOf: (name: string) => string;
    readonly forgotten: (name: string) => string;
    readonly remove: (name: string) => string;
    readonly removeTitle: (name: string) => string;
    readonly removeText: string;
    readonly removeYes: string;
    /** In the form that starts a task. */
    readonly choose: string;
    readonly none: string;
    /** Of one that a schedule names and that is not there any more. */
    readonly gone: string;
    readonly goneHint: string;
    readonly chosenHint: string;
    /** Names of secrets, as steps tell them. */
    readonly secrets: Readonly<Record<string, string>>;
  };
}
