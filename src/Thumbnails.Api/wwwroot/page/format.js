/** Formats 62.5 as 01:02.500, which the API accepts as a position. */
export function time(seconds) {
  const ms = Math.round(seconds * 1000);
  const [hours, minutes, rest] = [Math.floor(ms / 3600000), Math.floor(ms / 60000) % 60, (ms % 60000) / 1000];
  const tail = `${String(minutes).padStart(2, '0')}:${rest.toFixed(3).padStart(6, '0')}`;
  return hours ? `${hours}:${tail}` : tail;
}

/** Converts a position in a video of the given duration to seconds; null for auto and for invalid positions. */
export function seconds(text, duration) {
  const percent = /^(\d{1,3}(?:\.\d+)?)%$/.exec(text);
  if (percent) return duration ? duration * percent[1] / 100 : null;
  const clock = /^(?:(?:(\d+):)?(\d+):)?(\d+(?:\.\d+)?)$/.exec(text);
  return clock ? (clock[1] ?? 0) * 3600 + (clock[2] ?? 0) * 60 + Number(clock[3]) : null;
}

/** Returns the error of a position; null when it is valid. */
export function positionError(text, duration) {
  if (!text) return 'Enter a position.';
  if (text === 'auto') return null;
  const value = seconds(text, duration);
  if (value == null && !/%$/.test(text)) return 'Use seconds (8.5), a time (1:02:03.250), a percentage (50%) or auto.';
  if (/%$/.test(text) && !(parseFloat(text) <= 100)) return 'Use a percentage of at most 100.';
  return duration && value > duration ? `This is past the end of the video (${time(duration)}).` : null;
}

export function bytes(count) {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  let unit = 0;
  while (count >= 999.5 && unit < units.length - 1) {
    count /= 1000;
    unit++;
  }

  return `${count.toFixed(count < 10 && unit ? 1 : 0)} ${units[unit]}`;
}

export function duration(seconds) {
  if (seconds < 60) return `${Math.max(1, Math.round(seconds))} s`;
  return seconds < 3600 ? `${Math.round(seconds / 60)} min` : `${(seconds / 3600).toFixed(1)} h`;
}

const relative = new Intl.RelativeTimeFormat('en', { numeric: 'auto' });

export function ago(date) {
  const passed = (Date.now() - new Date(date)) / 1000;
  for (const [unit, length] of [['day', 86400], ['hour', 3600], ['minute', 60]])
    if (passed >= length) return relative.format(-Math.floor(passed / length), unit);
  return 'just now';
}
