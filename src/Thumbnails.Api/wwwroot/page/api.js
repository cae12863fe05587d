/** A problem response of the API, or no response at all. */
export class ApiError extends Error {
  constructor(status, problem) {
    super(problem?.detail ?? (status ? `The server returned ${status}.` : 'The server cannot be reached. Check the connection, then try again.'));
    Object.assign(this, { status, code: problem?.code, errors: problem?.errors ?? {} });
  }
}

// Kept in memory only, until the page is reloaded.
let key = '';

export const hasKey = () => key !== '';
export const setKey = text => { key = text.trim(); };

/** Returns the header with the key. A JWT has three parts separated by dots; anything else is an API key. */
export function credentials(text = key) {
  if (!text) return {};
  return /^[\w-]+\.[\w-]+\.[\w-]+$/.test(text) ? { Authorization: `Bearer ${text}` } : { 'X-Api-Key': text };
}

let askForKey = async () => false;
export const onUnauthorized = handler => { askForKey = handler; };

/** Calls the API. When it returns 401, asks for a key and repeats the call. */
export async function call(method, path, body, headers = {}) {
  const answer = await send(method, path, body, headers);
  if (answer.ok) return answer.status === 204 ? null : answer.json();
  const problem = await answer.json().catch(() => null);
  if (answer.status === 401 && await askForKey(hasKey())) return call(method, path, body, headers);
  throw new ApiError(answer.status, problem);
}

async function send(method, path, body, headers) {
  try {
    return await fetch(path, {
      method,
      headers: { ...(body && { 'Content-Type': 'application/json' }), ...credentials(), ...headers },
      body: body && JSON.stringify(body),
      cache: 'no-store',
    });
  } catch {
    throw new ApiError(0);
  }
}
