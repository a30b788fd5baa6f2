import { modelled } from '../modelled.ts';

const switches = new Map<string, string>();

/** The switches that the program was started with and those that it added; nothing here reaches Chromium. */
export const commandLine = modelled<
  Pick<Electron.CommandLine, 'appendSwitch' | 'appendArgument' | 'hasSwitch' | 'getSwitchValue' | 'removeSwitch'>
>('app.commandLine', {
  appendSwitch: (name, value = '') => void switches.set(name, value),
  appendArgument: () => {},
  hasSwitch: name => switches.has(name),
  getSwitchValue: name => switches.get(name) ?? '',
  removeSwitch: name => void switches.delete(name),
});
