import type { Rule, SyntaxNode } from '../rule.ts';

interface Call extends SyntaxNode {
  readonly callee: SyntaxNode & {
    readonly object?: { readonly name?: string };
    readonly property?: { readonly name?: string; readonly value?: unknown };
  };
}

const MOCKING = ['mock', 'doMock', 'importMock'];

/** A replaced module proves that the replacement works. Hand in the real thing or an in-memory port that passes the same suite. */
export const noModuleMocksRule: Rule = {
  create: context => ({
    CallExpression: (node: Call) => {
      const { object, property } = node.callee;
      const called = property?.name ?? property?.value;
      if ((object?.name === 'vi' || object?.name === 'vitest') && typeof called === 'string' && MOCKING.includes(called)) {
        context.report({
          node,
          message: `vi.${called} is not used here: pass the real thing, or a port in memory that passes the same suite.`,
        });
      }
    },
  }),
};
