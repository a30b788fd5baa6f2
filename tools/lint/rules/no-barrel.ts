import { projectPath, type Rule, type SyntaxNode } from '../rule.ts';

interface Statement extends SyntaxNode {
  readonly source?: SyntaxNode | null;
}
interface Program extends SyntaxNode {
  readonly body: readonly Statement[];
}

/** Entries that a tool or the layout asks to be called index. */
const ENTRIES = ['src/main/index.ts', 'src/preload/index.ts'];

const isReExport = (statement: Statement): boolean =>
  statement.type === 'ExportAllDeclaration' || (statement.type === 'ExportNamedDeclaration' && Boolean(statement.source));

/** A file that only passes on what others export hides who depends on whom, and pulls everything in at once. */
export const noBarrelRule: Rule = {
  create(context) {
    const file = projectPath(context);
    const isIndex = /(^|\/)index\.tsx?$/.test(file) && file.startsWith('src/') && !ENTRIES.includes(file);
    return {
      Program: (node: Program) => {
        if (isIndex) context.report({ node, message: 'A file called index says nothing: name it after what it does.' });
        const exports = node.body.filter(isReExport);
        if (exports.length > 0 && exports.length === node.body.filter(({ type }) => type !== 'ImportDeclaration').length) {
          context.report({ node, message: 'This file only re-exports: import from the file that has it.' });
        }
      },
      ExportAllDeclaration: (node: SyntaxNode) => {
        context.report({ node, message: '"export *" hides what is exported: import from the file that has it.' });
      },
    };
  },
};
