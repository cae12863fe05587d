// `make demo` runs a complete job through the client library; `make webhooks` receives webhooks.
using Thumbnails.Demo;

return args switch
{
    ["listen", .. var url] when url.Length < 2 => await WebhookListener.RunAsync(url.FirstOrDefault()),
    [var api, var worker, var folder] => await PictureDemo.RunAsync(api, worker, folder),
    _ => await UsageAsync(),
};

static async Task<int> UsageAsync()
{
    await Console.Error.WriteLineAsync(
        """
        usage: Thumbnails.Demo API WORKER FOLDER   (VIDEO, POSITION, OUTPUT and STORYBOARD from the environment)
               Thumbnails.Demo listen [URL]        (the secret from SECRET, or a new one)
        """);
    return 2;
}
