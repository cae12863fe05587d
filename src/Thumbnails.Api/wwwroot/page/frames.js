import { $, element, say } from './dom.js';

/** The frames of the next job, shown as chips. */
export class Frames {
  #list = [];
  #changed;
  #chosen;

  constructor({ changed, chosen }) {
    this.#changed = changed;
    this.#chosen = chosen;
  }

  get positions() { return this.#list.map(({ position }) => position); }

  add(position, player) {
    if (this.positions.includes(position)) return say(`${position} is already in the list.`);
    const picture = player.playable && position !== 'auto' ? element('canvas', { 'aria-hidden': 'true', onclick: () => this.#chosen(position) }) : null;
    if (picture) player.draw(picture);
    this.#list.push({ position, picture });
    this.#render();
    say(`${position} added. ${this.#list.length} in the list.`);
  }

  clear() {
    this.#list = [];
    this.#render();
  }

  #remove(position) {
    this.#list = this.#list.filter(frame => frame.position !== position);
    this.#render();
    say(`${position} removed.`);
    ($('chips').querySelector('button') ?? $('add')).focus();
  }

  #render() {
    $('chips').hidden = this.#list.length === 0;
    $('chips').replaceChildren(...this.#list.map(({ position, picture }) => element(
      'li', { class: 'chip' }, picture, element('span', {}, position),
      element('button', { type: 'button', 'aria-label': `Remove ${position}`, onclick: () => this.#remove(position) }, '×'))));
    this.#changed();
  }
}
