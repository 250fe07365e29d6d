// One field of a form for secrets: uncontrolled, so that no state of the page ever holds what is typed.
import { useState } from "react";
import { Eye, EyeOff, Info, TriangleAlert } from "lucide-react";

const ATTRIBUTES = {
  password: { type: "password" },
  email: { type: "email", inputMode: "email", autoCapitalize: "none" },
  code: { type: "text", inputMode: "numeric", autoCapitalize: "none", className: "num digits" },
  text: { type: "text" },
};

export function Field({ field, error, texts }) {
  const [visible, setVisible] = useState(false);
  const secret = field.type === "password";
  const attributes = ATTRIBUTES[field.type] ?? ATTRIBUTES.text;
  const help = error || field.hint;
  const Mark = error ? TriangleAlert : Info;
  const Seen = visible ? EyeOff : Eye;
  return (
    <div className="field">
      <label htmlFor={field.name}>{field.label}</label>
      <span className={error ? "input bad" : "input"}>
        <input
          {...attributes}
          id={field.name}
          name={field.name}
          type={secret && visible ? "text" : attributes.type}
          autoComplete={field.autocomplete}
          defaultValue={field.value}
          spellCheck={false}
          aria-invalid={Boolean(error)}
          aria-describedby={`${field.name}-help`}
        />
        {secret && (
          <button
            type="button"
            className="icon-btn show-secret"
            aria-label={texts.show}
            aria-pressed={visible}
            onClick={() => setVisible(!visible)}
          >
            <Seen className="icon" aria-hidden="true" />
          </button>
        )}
      </span>
      <p id={`${field.name}-help`} className={error ? "help bad" : "help"}>
        {help && <Mark className="icon xs" aria-hidden="true" />}
        {help && <span>{help}</span>}
      </p>
    </div>
  );
}
