import { posix } from 'node:path';
import { projectPath, type Rule, type SyntaxNode } from '../rule.ts';

/** Names that say where something was put instead of what it is; they only ever grow. */
const SAYS_NOTHING = ['common', 'helper', 'helpers', 'misc', 'types', 'util', 'utils'];

export const tellingFileNameRule: Rule = {
  create(context) {
    const file = projectPath(context);
    const name = posix.basename(file).split('.')[0] ?? '';
    const folder = posix
      .dirname(file)
      .split('/')
      .find(part => SAYS_NOTHING.includes(part));
    const offending = SAYS_NOTHING.includes(name) ? name : folder;
    if (offending === undefined) return {};
    return {
      Program: (node: SyntaxNode) => context.report({ node, message: `"${offending}" says nothing: name it after what it does.` }),
    };
  },
};
