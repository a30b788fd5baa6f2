import { judgeImport } from '../import-verdict.ts';
import { isTest, projectPath, type Rule, type SyntaxNode } from '../rule.ts';

interface StringNode extends SyntaxNode {
  readonly value?: unknown;
}
interface ImportLike extends SyntaxNode {
  readonly source?: StringNode | null;
  readonly importKind?: 'type' | 'value';
  readonly exportKind?: 'type' | 'value';
}
interface TypeImport extends SyntaxNode {
  readonly source?: StringNode;
  readonly argument?: StringNode & { readonly literal?: StringNode };
}
interface ImportEquals extends SyntaxNode {
  readonly moduleReference: SyntaxNode & { readonly expression?: StringNode };
  readonly importKind?: 'type' | 'value';
}
interface Call extends SyntaxNode {
  readonly callee: SyntaxNode & { readonly name?: string };
  readonly arguments: readonly StringNode[];
}

/** Every way a module can name another one is held against the layer table. */
export const layersRule: Rule = {
  create(context) {
    const file = projectPath(context);
    if (isTest(file)) return {};
    const judge = (node: SyntaxNode, source: StringNode | null | undefined, typeOnly: boolean): void => {
      if (typeof source?.value !== 'string') return;
      const message = judgeImport({ file, specifier: source.value, typeOnly });
      if (message) context.report({ node, message });
    };
    return {
      ImportDeclaration: (node: ImportLike) => judge(node, node.source, node.importKind === 'type'),
      ExportNamedDeclaration: (node: ImportLike) => judge(node, node.source, node.exportKind === 'type'),
      ExportAllDeclaration: (node: ImportLike) => judge(node, node.source, node.exportKind === 'type'),
      ImportExpression: (node: ImportLike) => judge(node, node.source, false),
      TSImportType: (node: TypeImport) => judge(node, node.source ?? node.argument?.literal ?? node.argument, true),
      TSImportEqualsDeclaration: (node: ImportEquals) => judge(node, node.moduleReference.expression, node.importKind === 'type'),
      CallExpression: (node: Call) => {
        if (node.callee.name === 'require') judge(node, node.arguments[0], false);
      },
    };
  },
};
