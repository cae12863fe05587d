import { ApiError, call } from './api.js';

// Larger videos are uploaded in parts, so that an interruption loses at most those in progress.
const partsAbove = 100_000_000, parallel = 4, attempts = 5;

export class Canceled extends Error {}

/** The upload of one file. Run it again after a failure to continue. */
export class Upload {
  #file;
  #ticket;
  #queue = [];
  #sending = new Map();
  #sentParts = 0;
  #samples = [];
  #running = null;
  #resume = null;
  #wake;
  #canceled = false;
  #progress;

  constructor(file, progress) {
    this.#file = file;
    this.#progress = progress;
  }

  get isPaused() { return this.#resume != null; }

  /** Uploads the file and returns the video's key. */
  run() {
    this.resume();
    this.#running ??= this.#run().finally(() => { this.#running = null; });
    return this.#running;
  }

  async #run() {
    this.#ticket ??= await this.#begin();
    const parts = this.#ticket.parts ?? [this.#ticket];
    this.#queue = parts.filter(part => !part.eTag);
    this.#sentParts = parts.filter(part => part.eTag).reduce((sum, part) => sum + this.#sizeOf(part), 0);
    this.#samples = [];
    this.#report();
    let failure;
    await Promise.all(Array.from({ length: Math.min(parallel, this.#queue.length) }, async () => {
      for (let part; !failure && (part = this.#queue.shift());) await this.#sendPart(part).catch(error => { failure ??= error; });
    }));
    if (failure) throw failure;
    if (this.#ticket.uploadId) await this.#complete(parts);
    return this.#ticket.videoKey;
  }

  pause() {
    this.#resume ??= new Promise(resolve => { this.#wake = resolve; });
    this.#abortRequests();
    this.#report();
  }

  resume() {
    this.#resume = null;
    this.#samples = [];
    this.#wake?.();
  }

  async cancel() {
    this.#canceled = true;
    this.resume();
    this.#abortRequests();
    localStorage.removeItem(this.#memory);
    if (this.#ticket?.uploadId) await call('DELETE', `uploads/${this.#ticket.uploadId}`).catch(() => {});
  }

  async #begin() {
    const known = localStorage.getItem(this.#memory);
    if (known) {
      try {
        return await call('GET', `uploads/${known}`);
      } catch (error) {
        if (error.status !== 404) throw error;
        localStorage.removeItem(this.#memory);
      }
    }

    const ticket = await call('POST', 'uploads', {
      fileName: this.#file.name,
      contentType: this.#file.type.startsWith('video/') ? this.#file.type : 'application/octet-stream',
      sizeBytes: this.#file.size,
      multipart: this.#file.size > partsAbove || undefined,
    });
    if (ticket.uploadId) localStorage.setItem(this.#memory, ticket.uploadId);
    return ticket;
  }

  // Identifies a file that is chosen again after a reload.
  get #memory() { return `upload ${this.#file.name} ${this.#file.size} ${this.#file.lastModified}`; }

  async #sendPart(part) {
    for (let attempt = 1; ; attempt++) {
      await this.#resume;
      if (this.#canceled) throw new Canceled();
      try {
        part.eTag = await this.#put(part);
        this.#sentParts += this.#sizeOf(part);
        return;
      } catch (error) {
        if (this.#canceled) throw new Canceled();
        if (this.isPaused) {
          attempt = 0;
          continue;
        }

        // An earlier attempt succeeded, but its response was lost.
        if (error.status === 412 && attempt > 1) return;
        if (error.status === 403 && this.#ticket.uploadId) await this.#refresh();
        else if (error.status >= 400 && error.status < 500 && error.status !== 408 && error.status !== 429) throw error;
        if (attempt >= attempts) throw error;
        await this.#delay(500 * 2 ** attempt);
      }
    }
  }

  async #refresh() {
    const fresh = await call('GET', `uploads/${this.#ticket.uploadId}`);
    this.#ticket.parts.forEach((part, i) => { part.url = fresh.parts[i].url ?? part.url; });
  }

  #delay(milliseconds) {
    return new Promise(resolve => {
      const timer = setTimeout(resolve, milliseconds);
      // Retry at once when the network is back.
      addEventListener('online', () => { clearTimeout(timer); resolve(); }, { once: true });
    });
  }

  #put(part) {
    return new Promise((resolve, reject) => {
      const request = new XMLHttpRequest();
      request.open(this.#ticket.method, part.url);
      for (const [name, value] of Object.entries(this.#ticket.headers)) request.setRequestHeader(name, value);
      request.upload.onprogress = event => {
        this.#sending.set(request, event.loaded);
        this.#report();
      };
      request.onload = () => {
        if (request.status >= 300) reject(new ApiError(request.status, parse(request.responseText)));
        else if (!part.number) resolve('whole');
        else resolve(request.getResponseHeader('ETag')?.replaceAll('"', ''));
      };
      request.onerror = request.onabort = () => reject(new ApiError(0));
      request.onloadend = () => {
        this.#sending.delete(request);
        this.#report();
      };
      this.#sending.set(request, 0);
      const offset = ((part.number ?? 1) - 1) * (this.#ticket.partSize ?? 0);
      request.send(this.#file.slice(offset, offset + this.#sizeOf(part)));
    });
  }

  async #complete(parts) {
    const body = { parts: parts.map(({ number, eTag }) => ({ number, eTag })) };
    for (let attempt = 1; ; attempt++) {
      try {
        await call('POST', `uploads/${this.#ticket.uploadId}/complete`, body);
        break;
      } catch (error) {
        if (error.code === 'object_exists' && attempt > 1) break;
        if (attempt >= attempts || (error.status >= 400 && error.status < 500)) throw error;
        await this.#delay(500 * 2 ** attempt);
      }
    }

    localStorage.removeItem(this.#memory);
  }

  #sizeOf(part) {
    if (!this.#ticket.partSize) return this.#file.size;
    return Math.min(this.#ticket.partSize, this.#file.size - (part.number - 1) * this.#ticket.partSize);
  }

  #abortRequests() {
    for (const request of this.#sending.keys()) request.abort();
  }

  #report() {
    const sent = Math.min(this.#file.size, [...this.#sending.values()].reduce((sum, count) => sum + count, this.#sentParts));
    const now = performance.now();
    this.#samples.push({ now, sent });
    while (this.#samples.length > 2 && this.#samples[0].now < now - 4000) this.#samples.shift();
    const [first] = this.#samples;
    const speed = now - first.now > 300 ? Math.max(0, (sent - first.sent) / (now - first.now) * 1000) : 0;
    this.#progress({ sent, total: this.#file.size, speed });
  }
}

function parse(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
