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
  const made = job.frames.find(frame => frame.url) ?? (job.preview?.url ? job.preview : null) ?? job.storyboard?.sheets?.[0];
  const names = [...job.frames.map(frame => frame.outputName), job.storyboard?.name, job.preview?.outputName].filter(Boolean);
  const word = element('span', { class: 'word' }, words[job.status] ?? job.status);
  const shot = made ? element('img', { src: made.url, alt: '', loading: 'lazy', onerror: event => event.target.replaceWith(word) }) : word;
  const animate = () => { if (job.preview?.url) shot.src = job.preview.url; };
  const rest = () => { if (job.preview?.url) shot.src = made.url; };
  return element('button', { type: 'button', class: `job ${job.status}`, onclick: () => opened(job), onmouseenter: animate, onfocus: animate, onmouseleave: rest, onblur: rest },
    element('span', { class: 'shot' }, shot),
    element('span', { class: 'text' },
      element('strong', {}, names.length > 1 ? `${names[0]} and ${names.length - 1} more` : names[0] ?? job.id),
      job.status === 'failed' ? element('span', { class: 'error' }, explain(job.error)) : null,
      element('span', { class: 'muted' }, `${job.status === 'succeeded' ? '' : `${words[job.status] ?? job.status} · `}${ago(job.createdAt)}`)));
}
