// One field of a form for secrets: uncontrolled, so that no state of the page ever holds what is typed.
import { useId, useState } from "react";
import { Eye, EyeOff, Info, TriangleAlert } from "lucide-react";

const ATTRIBUTES = {
  password: { type: "password" },
  email: { type: "email", inputMode: "email", autoCapitalize: "none" },
  code: { type: "text", inputMode: "numeric", autoCapitalize: "none", className: "num digits" },
  text: { type: "text" },
};

function Help({ id, error, hint }) {
  const Mark = error ? TriangleAlert : Info;
  const help = error || hint;
  return (
    <p id={id} className={error ? "help bad" : "help"}>
      {help && <Mark className="icon xs" aria-hidden="true" />}
      {help && <span>{help}</span>}
    </p>
  );
}

function Tick({ field, error }) {
  const id = useId();
  const described = { required: !field.optional, "aria-invalid": Boolean(error), "aria-describedby": `${id}-help` };
  return (
    <div className="field">
      <label className="tick" htmlFor={id}>
        <input type="checkbox" id={id} name={field.name} defaultChecked={field.value === true} {...described} />
        <span>{field.label}</span>
      </label>
      <Help id={`${id}-help`} error={error} />
      {field.href && <a className="link small" href={field.href} target="_blank" rel="noreferrer">{field.hint}</a>}
    </div>
  );
}

function Line({ field, error, texts }) {
  // Two forms of one page may ask for the same thing.
  const id = useId();
  const [visible, setVisible] = useState(false);
  const secret = field.type === "password";
  const attributes = ATTRIBUTES[field.type] ?? ATTRIBUTES.text;
  const Seen = visible ? EyeOff : Eye;
  return (
    <div className="field">
      <label htmlFor={id}>{field.label}</label>
      <span className={error ? "input bad" : "input"}>
        <input
          {...attributes}
          id={id}
          name={field.name}
          type={secret && visible ? "text" : attributes.type}
          autoComplete={field.autocomplete}
          defaultValue={field.value}
          spellCheck={false}
          required={!field.optional}
          aria-invalid={Boolean(error)}
          aria-describedby={`${id}-help`}
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
      <Help id={`${id}-help`} error={error} hint={field.hint} />
    </div>
  );
}

export function Field(props) {
  return props.field.type === "tick" ? <Tick {...props} /> : <Line {...props} />;
}
