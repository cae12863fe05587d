import { call } from './api.js';
import { $, copy, element } from './dom.js';
import { bytes, time } from './format.js';

export const words = {
  awaiting_upload: 'Waiting for the video', queued: 'Queued', starting: 'Starting', running: 'Making the pictures',
  succeeded: 'Done', failed: 'Failed', canceled: 'Canceled',
};

const advice = {
  position_out_of_range: 'Choose an earlier moment.',
  video_unreadable: 'It may be damaged: try to play it in a media player.',
  no_video_stream: 'Choose a video that has a picture.',
  output_exists: 'Choose another name.',
  timed_out: 'The video took too long to read. Try again, or try a smaller one.',
  upload_missing: 'Upload the video again.',
};

export const isFinal = job => ['succeeded', 'failed', 'canceled'].includes(job.status);

/** Explains why a job or a frame failed, and what to do. */
export const explain = error => (error ? [error.message, advice[error.code]].filter(Boolean).join(' ') : '');

export const create = request => call('POST', 'jobs', request, { 'Idempotency-Key': crypto.randomUUID?.() ?? `${Date.now()}-${Math.random()}` });

/** Polls a job until it has ended, with growing intervals. */
export async function follow(job, changed, isCurrent) {
  for (let wait = 250; ; wait = Math.min(wait * 1.4, 2500)) {
    changed(job);
    if (isFinal(job) || !isCurrent()) return job;
    await new Promise(resolve => { setTimeout(resolve, wait); });
    if (isCurrent()) job = await call('GET', `jobs/${job.id}`);
  }
}

/** Shows a job's pictures. */
export function showPictures(job) {
  const { video, frames } = job;
  $('results').hidden = false;
  $('results-facts').textContent = video
    ? [`${video.width} × ${video.height}`, video.codec, video.frameRate && `${Math.round(video.frameRate * 100) / 100} frames/s`, video.duration && time(video.duration)].filter(Boolean).join(' · ')
    : '';
  $('pictures').classList.toggle('one', frames.length === 1);
  $('pictures').replaceChildren(...frames.map(frame => (frame.url ? pictureOf(frame) : missing(frame, job))));
}

function pictureOf(frame) {
  const name = frame.outputName.split('/').pop();
  const until = new Date(frame.urlExpiresAt).toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' });
  const image = element('img', { src: frame.url, alt: `The frame at ${time(frame.position)}`, width: frame.width, height: frame.height });
  return element('figure', { class: 'picture' },
    element('a', { href: frame.url, target: '_blank', rel: 'noopener', 'aria-label': `Open ${name}` }, image),
    element('figcaption', {},
      element('strong', {}, frame.outputName),
      element('span', { class: 'muted' }, `${frame.width} × ${frame.height} · ${bytes(frame.sizeBytes)} · at ${time(frame.position)}${adjusted(frame)}`),
      frame.warning ? element('span', { class: 'muted' }, frame.warning) : null,
      element('div', { class: 'actions' },
        element('a', { class: 'button primary', href: frame.url, download: name, onclick: event => download(event, frame.url, name) }, 'Download'),
        element('button', { type: 'button', title: `Works for anyone until ${until}`, onclick: event => copy(frame.url, event.currentTarget) }, 'Copy link'))));
}

const adjusted = frame => ({ clamped: ', the last frame', first_frame: ', the first frame', last_frame: ', the last frame', blank: ', the best frame that was found' })[frame.adjustment] ?? '';

const missing = (frame, job) => element('figure', { class: 'picture' },
  element('div', { class: 'missing' }, explain(frame.error ?? job.error) || 'This picture was not made.'),
  element('figcaption', {}, element('strong', {}, frame.outputName), element('span', { class: 'muted' }, `at ${frame.requestedPosition}`)));

// Browsers ignore the download attribute of links to other hosts, such as S3.
async function download(event, url, name) {
  if (new URL(url).origin === location.origin) return;
  event.preventDefault();
  try {
    const picture = URL.createObjectURL(await (await fetch(url)).blob());
    element('a', { href: picture, download: name }).click();
    setTimeout(() => URL.revokeObjectURL(picture), 60_000);
  } catch {
    open(url, '_blank', 'noopener');
  }
}
