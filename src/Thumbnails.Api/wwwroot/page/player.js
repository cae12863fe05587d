import { $ } from './dom.js';
import { time } from './format.js';

const video = $('video'), seekBar = $('seek');

/** Plays a local file and tracks the position that is shown. */
export class Player {
  // The duration of a frame: estimated first, then measured.
  #frame = 1 / 30;
  #shownAt = 0;
  #url;
  #moved;
  playable = false;

  constructor(moved) {
    this.#moved = moved;
    video.addEventListener('loadedmetadata', () => this.#loaded());
    video.addEventListener('error', () => this.#unplayable());
    video.addEventListener('timeupdate', () => this.#show());
    video.addEventListener('play', () => this.#showPlaying());
    video.addEventListener('pause', () => {
      this.#showPlaying();
      this.seek(video.currentTime);
    });
    video.addEventListener('click', () => this.toggle());
    seekBar.addEventListener('input', () => this.seek(Number(seekBar.value)));
    $('back').addEventListener('click', () => this.step(-1));
    $('forward').addEventListener('click', () => this.step(1));
    $('play').addEventListener('click', () => this.toggle());
    if (video.requestVideoFrameCallback) this.#watchFrames();
  }

  get duration() { return this.playable ? video.duration : null; }

  get time() { return video.currentTime; }

  /** Opens a file. Resolves when its first frame is shown, or when it cannot be played. */
  open(file) {
    if (this.#url) URL.revokeObjectURL(this.#url);
    this.#url = URL.createObjectURL(file);
    this.#frame = 1 / 30;
    video.src = this.#url;
    return new Promise(resolve => {
      for (const event of ['loadeddata', 'error']) video.addEventListener(event, resolve, { once: true });
    });
  }

  toggle() {
    if (!this.playable) return;
    if (video.paused) video.play().catch(() => {});
    else video.pause();
  }

  // Rounded up to whole milliseconds, so that the position in the request selects the frame that is shown.
  seek(seconds) {
    if (!this.playable) return;
    video.currentTime = Math.max(0, Math.min(Math.ceil(seconds * 1000 - 0.001) / 1000, video.duration - 0.001));
    this.#show();
  }

  /** Moves by frames. */
  step(frames) {
    if (!this.playable) return;
    if (!video.paused) video.pause();
    const shown = Math.abs(video.currentTime - this.#shownAt) <= this.#frame ? this.#shownAt : video.currentTime;
    this.seek(shown + frames * this.#frame + 0.001);
  }

  skip(seconds) { this.seek(video.currentTime + seconds); }

  /** Draws a small copy of the current frame, after any seek in progress. */
  async draw(canvas) {
    canvas.height = 72;
    canvas.width = Math.max(24, Math.round(72 * video.videoWidth / video.videoHeight));
    if (video.seeking) await new Promise(resolve => { video.addEventListener('seeked', resolve, { once: true }); });
    canvas.getContext('2d').drawImage(video, 0, 0, canvas.width, canvas.height);
  }

  #loaded() {
    // Audio files can be played too.
    if (!video.videoWidth) return this.#unplayable();
    this.#setPlayable(true);
    seekBar.max = video.duration;
    $('total').textContent = time(video.duration);
    this.#show();
  }

  #unplayable() {
    if (video.src) this.#setPlayable(false);
  }

  #setPlayable(playable) {
    this.playable = playable;
    video.hidden = $('transport').hidden = $('keys').hidden = !playable;
    $('unplayable').hidden = playable;
    this.#showPlaying();
  }

  #showPlaying() {
    $('player').classList.toggle('playing', !video.paused);
    $('play').setAttribute('aria-label', video.paused ? 'Play' : 'Pause');
  }

  #show() {
    seekBar.value = video.currentTime;
    seekBar.setAttribute('aria-valuetext', time(video.currentTime));
    $('now').textContent = time(video.currentTime);
    this.#moved(video.currentTime);
  }

  #watchFrames() {
    const next = (_, { mediaTime }) => {
      const gap = Math.abs(mediaTime - this.#shownAt);
      if (gap > 1 / 250 && gap < this.#frame * 0.99) this.#frame = gap;
      this.#shownAt = mediaTime;
      video.requestVideoFrameCallback(next);
    };
    video.requestVideoFrameCallback(next);
  }
}
