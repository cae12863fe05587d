import { credentials, hasKey } from './api.js';
import { $, copy } from './dom.js';

const escape = text => text.replaceAll("'", "'\\''");
const quote = text => `'${escape(text)}'`;

// What a single PUT carries.
const largest = 5 * 2 ** 30;

/** Shows the calls with which a job was made, as commands for a shell. */
export function showCommands(file, request) {
  $('commands').hidden = file.size > largest;
  const base = new URL('.', location.href).href.replace(/\/$/, '');
  const key = !hasKey() ? '' : 'Authorization' in credentials() ? ' -H "Authorization: Bearer $TOKEN"' : ' -H "X-Api-Key: $API_KEY"';
  const { videoKey: _, ...rest } = request;
  const type = file.type.startsWith('video/') ? file.type : 'application/octet-stream';
  $('commands-text').textContent = [
    `FILE=${quote(file.name)}`,
    '',
    '# 1. A URL to upload to',
    `curl -sS ${base}/uploads${key} -H 'Content-Type: application/json' \\`,
    `  -d ${quote(JSON.stringify({ fileName: file.name, contentType: type, sizeBytes: file.size }))} >upload.json`,
    '',
    '# 2. The video',
    `curl -sS -T "$FILE" -H 'Content-Type: ${type}' -H 'If-None-Match: *' "$(sed 's/.*"url":"\\([^"]*\\).*/\\1/' upload.json)"`,
    '',
    '# 3. The pictures: frames[].url in the answer',
    `KEY=$(sed 's/.*"videoKey":"\\([^"]*\\).*/\\1/' upload.json)`,
    `curl -sS ${base}/jobs${key} -H 'Content-Type: application/json' -H 'Prefer: wait=25' \\`,
    `  -d '{"videoKey":"'"$KEY"'",${escape(JSON.stringify(rest).slice(1))}'`,
  ].join('\n');
}

$('copy-commands').addEventListener('click', event => copy($('commands-text').textContent, event.currentTarget));
