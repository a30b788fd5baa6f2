/**
 * The part of the linter's plugin interface that our rules use (it is ESLint's). Syntax nodes are ESTree's; each rule names the
 * fields it reads.
 */
export interface SyntaxNode {
  readonly type: string;
}

export interface RuleContext {
  /** The absolute path of the file being checked. */
  readonly filename: string;
  /** The folder the linter was started in: the project's. */
  readonly cwd: string;
  readonly report: (complaint: { readonly node: SyntaxNode; readonly message: string }) => void;
}

export interface Rule {
  readonly create: (context: RuleContext) => Readonly<Record<string, (node: never) => void>>;
}

/** The checked file's path in the project, with forward slashes. */
export const projectPath = (context: RuleContext): string => context.filename.slice(context.cwd.length + 1).replaceAll('\\', '/');

/** Tests, beside the code or under `test/`. */
export const isTest = (path: string): boolean => /\.test\.tsx?$/.test(path) || path.startsWith('test/');
