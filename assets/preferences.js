// Runs in <head> of every page before the first paint, so that hidden amounts are never seen for a moment.
try {
  if (localStorage.getItem("fintrack_privacy") === "on") document.documentElement.dataset.privacy = "on";
} catch {
  // Storage can be forbidden; then amounts are shown and the switch works for this page.
}

// A form opens on its amount: that one stays hidden too until somebody clicks into it, types or moves in it.
const MOVES = /^(Arrow|Home$|End$)/;
for (const kind of ["pointerdown", "input", "keydown"]) {
  addEventListener(kind, ({ target, key }) => {
    if (kind === "keydown" && !MOVES.test(key)) return;
    if (target.matches?.('input[inputmode="decimal"]')) target.dataset.shown = "";
  });
}
addEventListener("focusout", ({ target }) => delete target.dataset?.shown);
