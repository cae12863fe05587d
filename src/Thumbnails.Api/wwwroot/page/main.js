import { ApiError } from './api.js';
import { showCommands } from './commands.js';
import { $, element, say, show, showFieldError } from './dom.js';
import * as format from './format.js';
import { Frames } from './frames.js';
import { showRecent } from './gallery.js';
import { create, explain, follow, isFinal, showPictures, words } from './job.js';
import { setUpKey } from './key.js';
import { Player } from './player.js';
import { showOnSeekBar, Storyboard } from './storyboard.js';
import { Canceled, Upload } from './upload.js';

let file = null, videoKey = null, upload = null;
// The number of the current run. Results of earlier runs are ignored.
let turn = 0;
let nameIsOurs = true;

const player = new Player(() => {
  if (document.activeElement !== $('position')) $('position').value = format.time(player.time);
  changed();
});
const frames = new Frames({ changed, chosen: position => choosePosition(position) });

// Choosing a file

function choose(chosen) {
  if (!chosen) return;
  [file, videoKey, nameIsOurs] = [chosen, null, true];
  turn++;
  upload?.pause();
  upload = null;
  $('start').hidden = $('work').hidden = $('results').hidden = true;
  $('studio').hidden = false;
  $('file-name').textContent = file.name;
  $('file-facts').textContent = format.bytes(file.size);
  showError(null);
  frames.clear();
  showOnSeekBar(null);
  $('file').value = '';
  player.open(file).then(() => {
    choosePosition(player.playable ? format.time(0) : 'auto');
    $('file-name').focus();
  });
}

$('file').addEventListener('change', event => choose(event.target.files[0]));
for (const id of ['choose', 'another']) $(id).addEventListener('click', () => $('file').click());
$('sample').addEventListener('click', async () => {
  const answer = await fetch('page/sample.mp4').catch(() => null);
  show($('sample-error'), answer?.ok ? null : 'The sample cannot be loaded. Check the connection, then try again.');
  if (answer?.ok) choose(Object.assign(new File([await answer.blob()], 'sample.mp4', { type: 'video/mp4' }), { source: 'page/sample.mp4' }));
});
const carriesFile = event => event.dataTransfer?.types.includes('Files');
let depth = 0;
addEventListener('dragenter', event => {
  if (carriesFile(event)) $('over').hidden = ++depth === 0;
});
addEventListener('dragleave', event => {
  if (carriesFile(event)) $('over').hidden = --depth <= 0;
});
addEventListener('dragover', event => event.preventDefault());
addEventListener('drop', event => {
  event.preventDefault();
  depth = 0;
  $('over').hidden = true;
  choose(event.dataTransfer.files[0]);
});

// Choosing frames

function choosePosition(text) {
  $('position').value = text;
  const seconds = format.seconds(text, player.duration);
  if (seconds != null) player.seek(seconds);
  showFieldError($('position'), null);
  changed();
}

function validPosition() {
  const text = $('position').value.trim();
  const error = format.positionError(text, player.duration);
  showFieldError($('position'), error);
  if (error) $('position').focus();
  return error ? null : text;
}

function addFrame() {
  const position = validPosition();
  if (position) frames.add(position, player);
}

$('add').addEventListener('click', addFrame);
$('position').addEventListener('change', () => {
  const position = validPosition();
  if (position) choosePosition(position);
});
// The error is removed while typing, so that a click on a button does not miss because the layout moves.
$('position').addEventListener('input', () => showFieldError($('position'), null));
$('name').addEventListener('input', () => { nameIsOurs = $('name').value === ''; });
$('size').addEventListener('change', () => { $('custom-size').hidden = $('size').value !== 'custom'; });

addEventListener('keydown', event => {
  const target = event.target;
  if ($('studio').hidden || event.ctrlKey || event.metaKey || event.altKey || $('key-dialog').open) return;
  if (target.matches('input:not(#seek), select, textarea, summary, pre')) return;
  const direction = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
  if (direction && event.shiftKey) player.skip(direction);
  else if (direction) player.step(direction);
  else if (event.key === ' ' && !target.matches('button, a')) player.toggle();
  else if (event.key.toLowerCase() === 'a') addFrame();
  else return;
  event.preventDefault();
});

/** Updates the name and the button after a change of the frames. */
function changed() {
  if (!file) return;
  const count = frames.positions.length;
  if (nameIsOurs) $('name').value = baseName() + (count > 0 ? '' : suffix($('position').value.trim()));
  $('submit').textContent = count > 1 ? `Get ${count} pictures` : 'Get the picture';
}

const baseName = () => file.name.replace(/\.[^.]*$/, '').replace(/[\\/\p{C}]/gu, '-').slice(0, 120) || 'picture';
const suffix = position => `-${position.replaceAll(':', '.').replace('%', ' percent')}`;

// Making pictures

function readRequest() {
  const positions = frames.positions.length > 0 ? frames.positions : [validPosition()];
  if (!positions[0]) return null;
  const name = $('name').value.trim();
  showFieldError($('name'), name ? null : 'Enter a name.');
  if (!name) return $('name').focus();
  const extension = $('form').elements.format.value;
  const names = positions.length === 1 ? [name] : positions.map((position, i) => name + (nameIsOurs ? suffix(position) : `-${i + 1}`));
  const size = readSize();
  if (!size) return null;
  const made = positions.map((position, i) => ({ position, outputName: `${names[i]}.${extension}` }));
  return {
    ...(made.length === 1 ? { ...made[0], ...size } : { ...size, frames: made }),
    ...($('storyboard').checked && { storyboard: { name: `${baseName()}-storyboard` } }),
    ...($('preview').checked && { preview: { outputName: `${baseName()}-preview.webp`, segments: 4, duration: 4 } }),
  };
}

function readSize() {
  const choice = $('size').value;
  if (choice !== 'custom') return choice ? { width: Number(choice) } : {};
  const fields = [$('width'), $('height')];
  for (const field of fields) showFieldError(field, field.validationMessage);
  const wrong = fields.find(field => !field.validity.valid) ?? (fields.some(field => field.value) ? null : $('width'));
  if (!wrong) {
    const [width, height] = fields.map(field => (field.value ? field.valueAsNumber : undefined));
    const fit = $('fit').value;
    return { width, height, ...(width && height && (fit === 'blur' ? { fit: 'pad', background: 'blur' } : { fit })) };
  }

  if (wrong.validity.valid) showFieldError(wrong, 'Enter a width, a height, or both.');
  wrong.focus();
  return null;
}

$('form').addEventListener('submit', event => {
  event.preventDefault();
  showError(null);
  const request = readRequest();
  if (request) make(request);
});

async function make(request) {
  const mine = ++turn;
  const isCurrent = () => mine === turn;
  $('work').hidden = false;
  $('results').hidden = true;
  showProblem(null);
  showSteps(videoKey ? 'queued' : 'upload');
  $('upload').hidden = videoKey !== null;
  $('work-title').focus({ preventScroll: true });
  $('work').scrollIntoView({ block: 'nearest' });
  setBusy(true);
  try {
    if (!videoKey) await send(isCurrent);
    if (!isCurrent()) return;
    showSteps('queued');
    const job = await follow(await create({ videoKey, ...request }), seen => isCurrent() && showJob(seen), isCurrent);
    if (!isCurrent()) return;
    await finish(job);
    if (isCurrent()) showCommands(file, request);
  } catch (error) {
    if (isCurrent()) fail(error, request);
  } finally {
    if (isCurrent()) setBusy(false);
  }
}

async function send(isCurrent) {
  const mine = upload ??= new Upload(file, showProgress);
  const sent = file;
  showPaused();
  try {
    const key = await mine.run();
    if (sent === file) videoKey = key;
  } catch (error) {
    if (isCurrent()) showSteps('upload', true);
    throw error;
  } finally {
    if (isCurrent()) $('upload').hidden = true;
  }

  upload = null;
}

async function finish(job) {
  showJob(job);
  showRecent(open);
  if (job.status === 'failed') showProblem(explain(job.error));
  const mine = turn;
  const storyboard = await Storyboard.load(job);
  if (mine !== turn) return;
  if (job.videoKey === videoKey) showOnSeekBar(storyboard);
  if ([...job.frames, job.storyboard, job.preview].some(made => made && (made.url || made.urls || made.error))) showPictures(job, storyboard);
  $('commands').hidden = true;
  if (job.status === 'succeeded') {
    $('work').hidden = true;
    $('results-title').focus({ preventScroll: true });
    $('results').scrollIntoView({ block: 'start' });
  }
}

function fail(error, request) {
  if (error instanceof Canceled) {
    upload = null;
    $('work').hidden = true;
    say('Upload canceled.');
    return $('submit').focus();
  }

  // Invalid fields are corrected in the form.
  const wrong = Object.entries(error.errors ?? {});
  if (wrong.length > 0) {
    $('work').hidden = true;
    return showRefusal(wrong);
  }

  // Videos and uploads that no longer exist must be uploaded again.
  if (error.code === 'video_not_found') videoKey = null;
  if (error.code === 'upload_not_found') upload = null;
  showProblem(error instanceof ApiError ? error.message : 'Something went wrong on this page. Try again.', () => make(request));
  if (!(error instanceof ApiError)) console.error(error);
}

function showRefusal(wrong) {
  const fields = { position: $('position'), outputName: $('name'), width: $('width'), height: $('height') };
  const rest = [];
  for (const [path, texts] of wrong) {
    const field = fields[path.split('.').pop()];
    const text = texts.join(', ');
    if (field?.offsetParent) showFieldError(field, `${field.labels[0].textContent} ${text}.`);
    else rest.push(`${path} ${text}.`);
  }

  showError(rest.join(' ') || null);
  ($('form').querySelector('[aria-invalid=true]') ?? $('submit')).focus();
}

// Showing progress

const order = ['upload', 'queued', 'starting', 'running', 'succeeded'];
const stepNames = { upload: 'Upload', queued: 'Queued', starting: 'Starting', running: 'Making the pictures', succeeded: 'Done' };

function showSteps(current, failed = false) {
  const at = order.indexOf(current);
  $('steps').replaceChildren(...order.map((step, i) => {
    const state = i < at || current === 'succeeded' ? 'done' : i === at && failed ? 'failed' : '';
    return element('li', { class: state || null, 'aria-current': i === at && !state ? 'step' : null }, stepNames[step]);
  }));
}

let lastStep = 'queued';

function showJob(job) {
  if (!isFinal(job)) lastStep = order.includes(job.status) ? job.status : 'queued';
  if (job.status === 'failed' || job.status === 'canceled') showSteps(lastStep, true);
  else showSteps(job.status);
  const text = job.status === 'failed' ? `Failed. ${explain(job.error)}` : words[job.status] ?? job.status;
  if ($('status').textContent !== text) say(text);
}

function showProgress({ sent, total, speed }) {
  const percent = Math.floor(sent / total * 100);
  $('fill').style.width = `${sent / total * 100}%`;
  $('bar').setAttribute('aria-valuenow', percent);
  const paused = upload?.isPaused;
  $('upload-text').textContent = [
    `${percent} %`, `${format.bytes(sent)} of ${format.bytes(total)}`,
    paused ? 'paused' : speed > 0 && `${format.bytes(speed)}/s`,
    !paused && speed > 0 && sent < total && `${format.duration((total - sent) / speed)} left`,
  ].filter(Boolean).join(' · ');
}

function showPaused() {
  $('pause').textContent = upload?.isPaused ? 'Resume' : 'Pause';
  $('upload').classList.toggle('paused', upload?.isPaused ?? false);
}

$('pause').addEventListener('click', () => {
  if (upload?.isPaused) upload.resume();
  else upload?.pause();
  showPaused();
  say(upload?.isPaused ? 'Upload paused.' : 'Upload resumed.');
});
$('cancel').addEventListener('click', () => upload?.cancel());

function showProblem(text, retry = null) {
  $('problem').hidden = !text;
  $('problem-text').textContent = text ?? '';
  $('retry').hidden = !retry;
  $('retry').onclick = retry;
}

const showError = text => show($('form-error'), text);

function setBusy(busy) {
  $('submit').disabled = busy;
}

// Recent jobs

function open(job) {
  turn++;
  upload?.pause();
  setBusy(false);
  $('work').hidden = isFinal(job) && job.status === 'succeeded';
  $('upload').hidden = true;
  showProblem(null);
  $('commands').hidden = true;
  finish(job);
  if (!isFinal(job)) {
    const mine = turn;
    follow(job, seen => mine === turn && showJob(seen), () => mine === turn).then(ended => mine === turn && finish(ended), () => {});
  }
}

setUpKey(() => showRecent(open));
showRecent(open);
