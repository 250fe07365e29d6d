// Runs in <head> before the first paint, so that hidden amounts are never seen for a moment.
try {
  if (localStorage.getItem("fintrack_privacy") === "on") document.documentElement.dataset.privacy = "on";
} catch {
  // Storage can be forbidden; then amounts are shown and the switch works for this page.
}
