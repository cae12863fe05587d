export const $ = id => document.getElementById(id);

/** Creates an element. Attributes and children that are null or undefined are omitted. */
export function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith('on')) made.addEventListener(name.slice(2), value);
    else if (value != null && value !== false) made.setAttribute(name, value === true ? '' : value);
  }
  made.append(...children.flat().filter(child => child != null));
  return made;
}

/** Shows a text in an element, or hides the element when there is no text. */
export function show(target, text) {
  target.textContent = text ?? '';
  target.hidden = !text;
}

/** Shows the error of a field below it, or removes the error when there is no text. */
export function showFieldError(field, text) {
  show($(`${field.id}-error`), text);
  const help = $(`${field.id}-help`);
  if (help) help.hidden = Boolean(text);
  field.setAttribute('aria-invalid', Boolean(text));
}

export async function copy(text, button) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    // Browsers provide the clipboard over https and on localhost only.
    const area = element('textarea', { class: 'unseen', readonly: true });
    area.value = text;
    document.body.append(area);
    area.select();
    document.execCommand('copy');
    area.remove();
    button.focus();
  }

  const label = button.textContent;
  button.textContent = 'Copied';
  say('Copied.');
  setTimeout(() => { button.textContent = label; }, 1500);
}

/** Announces a text to screen readers. */
export function say(text) {
  $('status').textContent = text;
}
