import { Menu as Base } from '@base-ui/react/menu';
import { Check } from 'lucide-react';
import type { ReactElement, ReactNode } from 'react';
import './menu.css';

export interface MenuEntry {
  readonly key: string;
  readonly label: ReactNode;
  readonly hint?: string;
  readonly icon?: ReactNode;
  readonly checked?: boolean;
  /** It is on or off, and choosing it changes which. */
  readonly toggles?: boolean;
  readonly danger?: boolean;
  readonly disabled?: boolean;
  readonly onSelect: () => void;
}

interface MenuProps {
  readonly trigger: ReactElement;
  readonly entries: readonly MenuEntry[];
  readonly align?: 'start' | 'end';
}

export function Menu({ trigger, entries, align = 'end' }: MenuProps) {
  return (
    <Base.Root>
      <Base.Trigger render={trigger} />
      <Base.Portal>
        <Base.Positioner sideOffset={4} align={align} className="menu-positioner">
          <Base.Popup className="menu">
            {entries.map(entry =>
              entry.toggles === true ? (
                <Base.CheckboxItem
                  key={entry.key}
                  className="menu-item"
                  checked={entry.checked ?? false}
                  disabled={entry.disabled ?? false}
                  closeOnClick
                  onCheckedChange={entry.onSelect}
                >
                  <MenuLine entry={entry} />
                </Base.CheckboxItem>
              ) : (
                <Base.Item
                  key={entry.key}
                  className={`menu-item ${entry.danger ? 'menu-item-danger' : ''}`}
                  disabled={entry.disabled ?? false}
                  onClick={entry.onSelect}
                >
                  <MenuLine entry={entry} />
                </Base.Item>
              ),
            )}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}

function MenuLine({ entry }: { readonly entry: MenuEntry }) {
  return (
    <>
      {entry.icon}
      <span className="menu-label">
        {entry.label}
        {entry.hint !== undefined && <span className="menu-hint">{entry.hint}</span>}
      </span>
      {entry.checked === true && <Check className="menu-check" aria-hidden />}
    </>
  );
}
