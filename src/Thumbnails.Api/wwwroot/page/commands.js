import { credentials, hasKey } from './api.js';
import { $, copy } from './dom.js';

const escape = text => text.replaceAll("'", "'\\''");
const quote = text => `'${escape(text)}'`;

// The limit of a single PUT.
const largest = 5 * 2 ** 30;

/** Shows the requests that made the job as shell commands. */
export function showCommands(file, request) {
  $('commands').hidden = file.size > largest;
  const base = new URL('.', location.href).href.replace(/\/$/, '');
  const key = !hasKey() ? '' : 'Authorization' in credentials() ? ' -H "Authorization: Bearer $TOKEN"' : ' -H "X-Api-Key: $API_KEY"';
  const { videoKey: _, ...rest } = request;
  const type = file.type.startsWith('video/') ? file.type : 'application/octet-stream';
  $('commands-text').textContent = [
    key.includes('TOKEN') ? 'TOKEN=   # your token' : key ? 'API_KEY=   # your key' : null,
    file.source ? `curl -sSO ${base}/${file.source}` : null,
    `FILE=${quote(file.name)}`,
    '',
    '# 1. Get a URL for the upload',
    `curl -sS ${base}/uploads${key} -H 'Content-Type: application/json' \\`,
    `  -d ${quote(JSON.stringify({ fileName: file.name, contentType: type, sizeBytes: file.size }))} >upload.json`,
    '',
    '# 2. Upload the video',
    `curl -sS -T "$FILE" -H 'Content-Type: ${type}' -H 'If-None-Match: *' "$(sed 's/.*"url":"\\([^"]*\\).*/\\1/' upload.json)"`,
    '',
    '# 3. Make the pictures: frames[].url in the response',
    `KEY=$(sed 's/.*"videoKey":"\\([^"]*\\).*/\\1/' upload.json)`,
    `curl -sS ${base}/jobs${key} -H 'Content-Type: application/json' -H 'Prefer: wait=25' \\`,
    `  -d '{"videoKey":"'"$KEY"'",${escape(JSON.stringify(rest).slice(1))}'`,
  ].filter(line => line !== null).join('\n');
}

$('copy-commands').addEventListener('click', event => copy($('commands-text').textContent, event.currentTarget));
