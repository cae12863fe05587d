// Asks a player for the picture that it would show above its seek bar, second by second, and reads the number of the frame in it.
// Each function loads the player, a video and a storyboard, and returns the numbers.

const pictures = new Map();

function load(url) {
  if (!pictures.has(url)) {
    pictures.set(url, new Promise((resolve, reject) => {
      const image = new Image();
      // A canvas reveals pixels only of pictures that any origin may read.
      image.crossOrigin = 'anonymous';
      image.onload = () => {
        const context = new OffscreenCanvas(image.naturalWidth, image.naturalHeight).getContext('2d', { willReadFrequently: true });
        context.drawImage(image, 0, 0);
        resolve(context);
      };
      image.onerror = () => reject(new Error(`The picture ${url} cannot be loaded.`));
      image.src = url;
    }));
  }
  return pictures.get(url);
}

// Sixteen blocks in two rows: see NumberedClip.
async function numberIn({ url, x, y, width, height, imageHeight }) {
  const context = await load(url);
  // Shaka Player's seek bar gives a sheet the size that the player reports, and would stretch another one.
  if (imageHeight && imageHeight !== context.canvas.height)
    throw new Error(`The player takes ${url} to be ${imageHeight} pixels high, but it has ${context.canvas.height}.`);
  let number = 0;
  for (let bit = 0; bit < 16; bit++) {
    const [left, top] = [x + (bit % 8 * 2 + 1) * width / 16, y + (Math.floor(bit / 8) * 2 + 1) * height / 4];
    if (context.getImageData(left, top, 1, 1).data[1] > 127)
      number |= 1 << bit;
  }
  return number;
}

async function numbers(times, tileAt) {
  const found = [];
  for (const time of times) {
    const tile = await tileAt(time);
    found.push(tile ? await numberIn(tile) : -1);
  }
  return found;
}

async function until(condition) {
  while (!condition())
    await new Promise(resolve => setTimeout(resolve, 10));
}

function addVideo() {
  const video = document.createElement('video');
  video.muted = true;
  document.body.append(video);
  return video;
}

const loadScript = src => new Promise((resolve, reject) =>
  document.head.append(Object.assign(document.createElement('script'), { src, onload: resolve, onerror: reject })));

export async function shakaPlayer(source, vtt, times) {
  await loadScript('/npm/shaka-player/dist/shaka-player.compiled.js');
  const player = new shaka.Player();
  await player.attach(addVideo());
  await player.load(source);
  const track = vtt ? await player.addThumbnailsTrack(vtt) : player.getImageTracks()[0];
  return numbers(times, async time => {
    const { uris, positionX, positionY, width, height, imageHeight } = await player.getThumbnails(track.id, time);
    return { url: uris[0].split('#')[0], x: positionX, y: positionY, width, height, imageHeight };
  });
}

export async function dashPlayer(source, times) {
  await loadScript('/npm/dashjs/dist/modern/umd/dash.all.min.js');
  const player = dashjs.MediaPlayer().create();
  player.initialize(addVideo(), source, false);
  await new Promise(resolve => player.on(dashjs.MediaPlayer.events.STREAM_INITIALIZED, resolve));
  return numbers(times, time => new Promise(resolve => player.provideThumbnail(time, resolve)));
}

export async function videoJs(source, vtt, times) {
  await loadScript('/npm/video.js/dist/video.min.js');
  await loadScript('/npm/videojs-vtt-thumbnails/dist/videojs-vtt-thumbnails.min.js');
  const video = addVideo();
  video.className = 'video-js';
  const player = videojs(video, { controls: true, sources: [{ src: source, type: 'video/mp4' }] });
  await new Promise(resolve => player.ready(resolve));
  player.vttThumbnails({ src: vtt, showTimestamp: false });
  await until(() => player.vttThumbnails.vttData);
  return numbers(times, time => {
    const { background, width, height } = player.vttThumbnails.getStyleForTime(time);
    const [, url, x, y] = /url\("?(.*?)"?\) (?:no-repeat )?-(\d+)px -(\d+)px/.exec(background);
    return { url, x: Number(x), y: Number(y), width: parseFloat(width), height: parseFloat(height) };
  });
}

export async function vidstack(source, thumbnails, times) {
  await import('/npm/vidstack/prod/define/vidstack-player.js');
  await import('/npm/vidstack/prod/define/vidstack-player-ui.js');
  document.body.innerHTML = `<media-player src="${source}" load="eager" crossorigin><media-provider></media-provider><media-thumbnail></media-thumbnail></media-player>`;
  const element = document.querySelector('media-thumbnail');
  await customElements.whenDefined('media-thumbnail');
  // Vidstack reads an array only as an object.
  element.src = thumbnails.endsWith('.json') ? await (await fetch(thumbnails)).json() : thumbnails;
  await until(() => element.$state.activeThumbnail());
  return numbers(times, async time => {
    element.time = time;
    await until(() => element.$state.activeThumbnail()?.startTime <= time && time < (element.$state.activeThumbnail().endTime ?? Infinity));
    const { url, width, height, coords } = element.$state.activeThumbnail();
    return { url: url.href, width, height, ...coords };
  });
}
