using System.Net;
using System.Security.Cryptography;
using Thumbnails.Client;

namespace Thumbnails.Demo;

/// <summary>A webhook receiver for development: verifies each delivery and prints it.</summary>
internal static class WebhookListener
{
    public static async Task<int> RunAsync(string? url)
    {
        url ??= "http://127.0.0.1:5090/";
        var secret = Environment.GetEnvironmentVariable("SECRET") is { Length: > 0 } given ? given : $"whsec_{Convert.ToBase64String(RandomNumberGenerator.GetBytes(32))}";
        using var listener = new HttpListener { Prefixes = { url.EndsWith('/') ? url : $"{url}/" } };
        listener.Start();
        Console.WriteLine(
            $"""
            Listening on {url}. Start the service with this secret, in another shell:

              Webhooks__Secret={secret} Webhooks__AllowPrivateAddresses=true make run

            and create a job with "callbackUrl":"{url}". Press Ctrl+C to stop.

            """);
        var verifier = new WebhookVerifier(secret);
        while (true)
        {
            var context = await listener.GetContextAsync();
            var (status, text) = await ReceiveAsync(verifier, context.Request);
            Console.WriteLine($"{DateTime.Now:HH:mm:ss}  {status}  {text}");
            context.Response.StatusCode = status;
            context.Response.Close();
        }
    }

    private static async Task<(int Status, string Text)> ReceiveAsync(WebhookVerifier verifier, HttpListenerRequest request)
    {
        using var body = new MemoryStream();
        await request.InputStream.CopyToAsync(body);
        try
        {
            var job = verifier.Verify(request.Headers["webhook-id"], request.Headers["webhook-timestamp"], request.Headers["webhook-signature"], body.ToArray());
            return (204, $"verified  job {job.Id} {job.Status}  {OutcomeOf(job)}");
        }
        catch (WebhookVerificationException exception)
        {
            return (400, exception.Message);
        }
    }

    private static string OutcomeOf(Job job) => job.Error is null
        ? string.Join(", ", job.Frames.Select(frame => frame.OutputName).Append(job.Storyboard?.Name).Append(job.Preview?.OutputName).OfType<string>())
        : $"{job.Error.Code}: {job.Error.Message}";
}
