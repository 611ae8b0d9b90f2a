import { Tabs } from '@mantine/core';
import type { ReactNode } from 'react';

interface PageTabsProps<Page extends string> {
  readonly label: string;
  readonly pages: readonly Page[];
  readonly titleOf: (page: Page) => string;
  /** The open one. */
  readonly page: Page;
  readonly onOpen: (page: Page) => void;
  readonly className?: string;
  /** Of the row of tabs. */
  readonly listClassName?: string;
  /** A `Tabs.Panel` for each page. */
  readonly children: ReactNode;
}

/** The pages of a view, of which one is open. */
export function PageTabs<Page extends string>(props: PageTabsProps<Page>) {
  const { label, pages, titleOf, page, onOpen, className, listClassName, children } = props;
  const open = (name: string | null): void => {
    const opened = pages.find((other) => other === name);
    if (opened !== undefined) onOpen(opened);
  };
  return (
    <Tabs className={className} value={page} keepMounted={false} onChange={open}>
      <Tabs.List className={listClassName} aria-label={label}>
        {pages.map((name) => (
          <Tabs.Tab key={name} value={name}>
            {titleOf(name)}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      {children}
    </Tabs>
  );
}
