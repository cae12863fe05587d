import { $, copy, element } from './dom.js';
import { time } from './format.js';

/** The tiles of a storyboard, and the one that belongs to a moment. */
export class Storyboard {
  #tiles;

  constructor(tiles) { this.#tiles = tiles; }

  get end() { return this.#tiles.at(-1).endTime; }

  /** Loads the tiles of a job. Returns null when there are none. */
  static async load(job) {
    const url = job.storyboard?.urls?.json;
    if (!url) return null;
    const answer = await fetch(url).catch(() => null);
    const tiles = answer?.ok ? await answer.json() : [];
    return tiles.length > 0 ? new Storyboard(tiles.map(tile => ({ ...tile, url: new URL(tile.url, url).href }))) : null;
  }

  /** Shows the tile of a moment as the background of an element. */
  draw(target, seconds) {
    const { url, width, height, coords } = this.#tiles.findLast(tile => tile.startTime <= seconds) ?? this.#tiles[0];
    const image = `url("${url}")`;
    if (target.style.backgroundImage !== image) target.style.backgroundImage = image;
    Object.assign(target.style, { width: `${width}px`, height: `${height}px`, backgroundPosition: `-${coords.x}px -${coords.y}px` });
  }
}

/** Shows the tile above the seek bar where the pointer is, as players do. */
export function showOnSeekBar(storyboard) {
  const [seekBar, tile] = [$('seek'), $('tile')];
  const [picture, label] = tile.children;
  tile.hidden = true;
  seekBar.onpointerleave = () => { tile.hidden = true; };
  seekBar.onpointermove = !storyboard ? null : event => {
    const bar = seekBar.getBoundingClientRect();
    const seconds = Math.max(0, Math.min(1, (event.clientX - bar.left) / bar.width)) * Number(seekBar.max);
    storyboard.draw(picture, seconds);
    label.textContent = time(seconds);
    tile.hidden = false;
    const most = seekBar.parentElement.clientWidth - tile.offsetWidth;
    tile.style.left = `${Math.max(0, Math.min(most, event.clientX - seekBar.parentElement.getBoundingClientRect().left - tile.offsetWidth / 2))}px`;
  };
}

/** A card with a slider that moves through the storyboard, and the links of its manifests. */
export function storyboardCard(job, storyboard) {
  const { name, tiles, tileWidth, tileHeight, interval, sheets, urls } = job.storyboard;
  const picture = element('div', {});
  const slider = element('input', {
    type: 'range', min: 0, max: storyboard.end, step: 'any', value: 0, 'aria-label': `Move through ${name}`,
    oninput: () => {
      storyboard.draw(picture, Number(slider.value));
      slider.setAttribute('aria-valuetext', time(Number(slider.value)));
    },
  });
  storyboard.draw(picture, 0);
  return element('figure', { class: 'picture' },
    element('div', { class: 'scrub' }, picture),
    slider,
    element('figcaption', {},
      element('strong', {}, name),
      element('span', { class: 'muted' }, `${tiles} tiles of ${tileWidth} × ${tileHeight}, one every ${Math.round(interval * 100) / 100} s, in ${sheets.length === 1 ? 'one sheet' : `${sheets.length} sheets`}`),
      job.storyboard.warning ? element('span', { class: 'muted' }, job.storyboard.warning) : null,
      element('div', { class: 'actions' }, ...[['WebVTT', urls.vtt], ['JSON', urls.json], ['HLS', urls.hls], ['DASH', urls.dash]].map(([label, url]) =>
        element('button', { type: 'button', title: 'Copy the link', 'aria-label': `Copy the ${label} link`, onclick: event => copy(url, event.currentTarget) }, label)))));
}
