// What stands over the page: its own keys hold, and none of the page below. A menu is none.
const OPEN =
  '[role="dialog"][data-state="open"], [role="alertdialog"][data-state="open"], dialog[open], [data-cover]';

export const isDialogOpen = () => Boolean(document.querySelector(OPEN));

// A menu takes Esc for itself.
export const isMenuOpen = () => Boolean(document.querySelector("[popover]:popover-open"));
