import { hasKey, onUnauthorized, setKey } from './api.js';
import { $, show } from './dom.js';

const dialog = $('key-dialog');
let asked = null;

/** Asks for the key, only once even if several calls need it. Resolves to whether a new key was entered. */
function ask(wasWrong = false) {
  $('open-key').hidden = false;
  show($('key-error'), wasWrong ? 'This key or token is not valid.' : null);
  asked ??= new Promise(resolve => {
    dialog.showModal();
    dialog.addEventListener('close', () => {
      asked = null;
      const given = dialog.returnValue === 'given' && $('key').value.trim() !== '';
      if (given) setKey($('key').value);
      dialog.returnValue = $('key').value = '';
      resolve(given);
    }, { once: true });
  });
  return asked;
}

export function setUpKey(changed) {
  onUnauthorized(ask);
  $('key-form').addEventListener('submit', event => {
    event.preventDefault();
    dialog.close('given');
  });
  $('close-key').addEventListener('click', () => dialog.close());
  $('open-key').addEventListener('click', async () => {
    if (await ask() && hasKey()) changed();
  });
}
