// Light, dark or the system's choice: the account's comes to the device when a page is loaded; another choice on the
// device, by the switch or the palette, goes to the account.
import { useContext, useEffect, useRef } from "react";
import { ColorModeContext } from "$/utils/context";

export function AppearanceKeeper({ appearance, onChoose }) {
  const { rawColorMode, setColorMode } = useContext(ColorModeContext);
  const kept = useRef(""); // What the account has; unknown until the person is.
  useEffect(() => {
    if (!appearance) return;
    if (!kept.current) {
      kept.current = appearance;
      setColorMode(appearance);
    } else if (rawColorMode !== kept.current) {
      kept.current = rawColorMode;
      onChoose?.(rawColorMode);
    }
  }, [appearance, rawColorMode, setColorMode, onChoose]);
  return null;
}
