import { Tabs as Base } from '@base-ui/react/tabs';
import type { ReactNode } from 'react';
import './tabs.css';

interface TabsProps<K extends string> {
  readonly value: K;
  readonly onChange: (value: K) => void;
  readonly label: string;
  readonly tabs: readonly { readonly value: K; readonly label: ReactNode; readonly panel: ReactNode }[];
  readonly aside?: ReactNode;
  /** In a column beside what they show. Default: in a row above it. */
  readonly vertical?: boolean;
}

export function Tabs<K extends string>({ value, onChange, label, tabs, aside, vertical = false }: TabsProps<K>) {
  return (
    <Base.Root
      className={vertical ? 'tabs tabs-vertical' : 'tabs'}
      orientation={vertical ? 'vertical' : 'horizontal'}
      value={value}
      onValueChange={next => onChange(next as K)}
    >
      <div className="tabs-bar">
        <Base.List className="tabs-list" aria-label={label}>
          {tabs.map(tab => (
            <Base.Tab key={tab.value} value={tab.value} className="tab">
              {tab.label}
            </Base.Tab>
          ))}
        </Base.List>
        {aside}
      </div>
      {tabs.map(tab => (
        <Base.Panel key={tab.value} value={tab.value} className="tab-panel" tabIndex={-1}>
          {tab.panel}
        </Base.Panel>
      ))}
    </Base.Root>
  );
}
