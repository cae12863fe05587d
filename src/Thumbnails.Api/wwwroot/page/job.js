import { call } from './api.js';
import { $, copy, element } from './dom.js';
import { bytes, time } from './format.js';
import { storyboardCard } from './storyboard.js';

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
export function explain(error) {
  if (!error) return '';
  // A file that was recognized as something else is not damaged.
  return error.message.endsWith('Upload a video.') ? error.message : [error.message, advice[error.code]].filter(Boolean).join(' ');
}

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

/** Shows what a job has made: pictures, its storyboard, its preview. */
export function showPictures(job, storyboard) {
  const { video, frames } = job;
  $('results').hidden = false;
  $('results-facts').textContent = video
    ? [`${video.width} × ${video.height}`, video.codec, video.frameRate && `${Math.round(video.frameRate * 100) / 100} frames/s`, video.duration && time(video.duration)].filter(Boolean).join(' · ')
    : '';
  const cards = frames.map(frame => (frame.url ? pictureOf(frame) : missing(frame.outputName, frame.error, job, `at ${frame.requestedPosition}`)));
  if (job.preview) cards.push(job.preview.url ? previewOf(job.preview) : missing(job.preview.outputName, job.preview.error, job, 'preview'));
  if (job.storyboard) cards.push(storyboard ? storyboardCard(job, storyboard) : missing(job.storyboard.name, job.storyboard.error, job, 'storyboard'));
  $('pictures').classList.toggle('one', cards.length === 1);
  $('pictures').replaceChildren(...cards);
}

const pictureOf = frame => card(frame, `The frame at ${time(frame.position)}`, `at ${time(frame.position)}${adjusted(frame)}`);

const previewOf = preview => card(preview, 'A preview of the video', `${Math.round(preview.duration * 10) / 10} s, animated`, 'animated');

function card(picture, alt, facts, kind = null) {
  const name = picture.outputName.split('/').pop();
  const until = new Date(picture.urlExpiresAt).toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' });
  const image = element('img', { class: kind, src: picture.url, alt, width: picture.width, height: picture.height });
  return element('figure', { class: 'picture' },
    element('a', { href: picture.url, target: '_blank', rel: 'noopener', 'aria-label': `Open ${name}` }, image),
    element('figcaption', {},
      element('strong', {}, picture.outputName),
      element('span', { class: 'muted' }, `${picture.width} × ${picture.height} · ${bytes(picture.sizeBytes)} · ${facts}`),
      picture.warning ? element('span', { class: 'muted' }, picture.warning) : null,
      element('div', { class: 'actions' },
        element('a', { class: 'button primary', href: picture.url, download: name, onclick: event => download(event, picture.url, name) }, 'Download'),
        element('button', { type: 'button', title: `Works for anyone until ${until}`, onclick: event => copy(picture.url, event.currentTarget) }, 'Copy link'))));
}

const adjusted = frame => ({ clamped: ', the last frame', first_frame: ', the first frame', last_frame: ', the last frame', blank: ', the best frame that was found' })[frame.adjustment] ?? '';

const missing = (name, error, job, facts) => element('figure', { class: 'picture' },
  element('div', { class: 'missing' }, explain(error ?? job.error) || 'This was not made.'),
  element('figcaption', {}, element('strong', {}, name), element('span', { class: 'muted' }, facts)));

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
