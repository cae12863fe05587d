// A plugin of Swagger UI that carries the values of a response over to the operations that need them: the presigned URL, the
// keys and the ids. A person can then go from one operation to the next without copying.

function valuesOf(response) {
  const url = response.url ?? response.parts?.find(part => part.url)?.url;
  return {
    ...(url && Object.fromEntries(new URL(url).searchParams)),
    key: response.videoKey,
    id: response.jobId ?? response.id,
    uploadId: response.uploadId,
    outputName: response.frames?.[0]?.outputName,
    token: response.storyboard?.urls?.vtt.match(/\/view\/([^/]+)/)?.[1],
  };
}

function carryOver(response, { specActions, specSelectors, oas3Actions, oas3Selectors }) {
  const values = valuesOf(response);
  const { paths } = specSelectors.specJson().toJS();
  for (const [path, operations] of Object.entries(paths)) {
    for (const [method, operation] of Object.entries(operations)) {
      for (const { name, in: place } of operation.parameters ?? []) {
        if (values[name]) specActions.changeParam([path, method], name, place, values[name], false);
      }
    }
  }

  const createJob = ['/jobs', 'post'];
  const body = oas3Selectors.requestBodyValue(...createJob) ?? JSON.stringify(paths['/jobs'].post.requestBody.content['application/json'].example, null, 2);
  const value = body.replace(/("videoKey":\s*)"[^"]*"/, (_, name) => name + JSON.stringify(response.videoKey));
  oas3Actions.setRequestBodyValue({ value, pathMethod: createJob });
  // Otherwise the example replaces the value when the operation is opened.
  oas3Actions.setRetainRequestBodyValueFlag({ value: true, pathMethod: createJob });
}

window.CarryOver = () => ({
  statePlugins: {
    spec: {
      wrapActions: {
        setResponse: (original, system) => (path, method, response) => {
          const result = original(path, method, response);
          if (response.ok && response.body?.videoKey) carryOver(response.body, system);
          return result;
        },
      },
    },
  },
});
