import { layersRule } from './rules/layers.ts';
import { noBarrelRule } from './rules/no-barrel.ts';
import { noModuleMocksRule } from './rules/no-module-mocks.ts';
import { tellingFileNameRule } from './rules/telling-file-name.ts';

/** The project's own lint rules, loaded by oxlint (.oxlintrc.json). */
const plugin = {
  meta: { name: 'konspekt' },
  rules: {
    layers: layersRule,
    'no-barrel': noBarrelRule,
    'no-module-mocks': noModuleMocksRule,
    'telling-file-name': tellingFileNameRule,
  },
};

export default plugin;
