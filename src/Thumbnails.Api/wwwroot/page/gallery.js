import { call } from './api.js';
import { $, element, show } from './dom.js';
import { ago } from './format.js';
import { explain, words } from './job.js';

const pageSize = 12;
let next = null;

/** Shows the newest jobs or, with a cursor, the next page. */
export async function showRecent(opened, cursor = null) {
  try {
    const page = await call('GET', `jobs?limit=${pageSize}${cursor ? `&cursor=${encodeURIComponent(cursor)}` : ''}`);
    const cards = page.jobs.map(job => element('li', {}, card(job, opened)));
    if (cursor) $('gallery').append(...cards);
    else $('gallery').replaceChildren(...cards);
    next = page.nextCursor;
    $('more').hidden = !next;
    $('more').onclick = () => showRecent(opened, next);
    $('recent-empty').hidden = $('gallery').children.length > 0;
    show($('recent-error'), null);
  } catch (error) {
    show($('recent-error'), `The recent jobs cannot be shown. ${error.message}`);
  }
}

function card(job, opened) {
  const made = job.frames.find(frame => frame.url);
  const names = job.frames.length > 1 ? `${job.frames[0].outputName} and ${job.frames.length - 1} more` : job.frames[0]?.outputName ?? job.id;
  const word = element('span', { class: 'word' }, words[job.status] ?? job.status);
  const shot = made ? element('img', { src: made.url, alt: '', loading: 'lazy', onerror: event => event.target.replaceWith(word) }) : word;
  return element('button', { type: 'button', class: `job ${job.status}`, onclick: () => opened(job) },
    element('span', { class: 'shot' }, shot),
    element('span', { class: 'text' },
      element('strong', {}, names),
      job.status === 'failed' ? element('span', { class: 'error' }, explain(job.error)) : null,
      element('span', { class: 'muted' }, `${job.status === 'succeeded' ? '' : `${words[job.status] ?? job.status} · `}${ago(job.createdAt)}`)));
}
