export const $ = id => document.getElementById(id);

/** Makes an element; what is null or undefined is left out. */
export function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith('on')) made.addEventListener(name.slice(2), value);
    else if (value != null && value !== false) made.setAttribute(name, value === true ? '' : value);
  }
  made.append(...children.flat().filter(child => child != null));
  return made;
}

/** Shows a text in an element, or hides it when there is none. */
export function show(target, text) {
  target.textContent = text ?? '';
  target.hidden = !text;
}

/** Says under a field what is wrong with it; without a text, that nothing is. */
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
    // Without https, browsers offer no clipboard.
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

/** Lets a screen reader say something. */
export function say(text) {
  $('status').textContent = text;
}
