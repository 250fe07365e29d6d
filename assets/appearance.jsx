// Light, dark or the system's choice: the account's comes to the device when a page is loaded; another choice on the
// device, by the switch or the palette, goes to the account. Where nobody has chosen yet, the device's goes there.
import { useContext, useEffect } from "react";
import { ColorModeContext } from "$/utils/context";

const UNCHOSEN = "system";
// What the account has. Of the page, not of its frame: the next place would bring back what was told before a choice.
let kept = null;

export function AppearanceKeeper({ isKnown, appearance, onChoose }) {
  const { rawColorMode, setColorMode } = useContext(ColorModeContext);
  useEffect(() => {
    if (!isKnown) return;
    if (kept === null && appearance) {
      kept = appearance;
      setColorMode(appearance);
    } else if (rawColorMode !== (kept ?? UNCHOSEN)) {
      kept = rawColorMode;
      onChoose?.(rawColorMode);
    }
  }, [isKnown, appearance, rawColorMode, setColorMode, onChoose]);
  return null;
}
