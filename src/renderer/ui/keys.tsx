import './keys.css';

const macNames: Readonly<Record<string, string>> = { Ctrl: '⌘', Shift: '⇧', Alt: '⌥' };

/** True on a Mac, where Ctrl in the command table is the Command key. */
export const isMac = typeof navigator !== 'undefined' && /mac/iu.test(navigator.platform);

/** A key combination such as `Ctrl+Shift+K`. */
export function Keys({ combo }: { readonly combo: string }) {
  const names = combo.split('+').filter(name => name !== '');
  return (
    <span className="keys">
      {names.map(name => (
        <kbd key={name}>{isMac ? (macNames[name] ?? name) : name}</kbd>
      ))}
    </span>
  );
}
