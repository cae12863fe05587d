using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;

namespace Thumbnails.Api.Tests;

/// <summary>Sends requests that no HTTP client would send.</summary>
internal static class RawClient
{
    /// <summary>Sends the bytes and reads the response until the server closes the connection.</summary>
    /// <param name="address">The server.</param>
    /// <param name="request">The request, encoded as Latin-1.</param>
    /// <param name="patience">How long to wait before closing a request that the server considers incomplete.</param>
    public static async Task<string> SendAsync(Uri address, string request, TimeSpan? patience = null)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        using var client = new TcpClient();
        await client.ConnectAsync(address.Host, address.Port, limit.Token);
        try
        {
            await client.GetStream().WriteAsync(Encoding.Latin1.GetBytes(request), limit.Token);
        }
        catch (Exception exception) when (exception is IOException or SocketException)
        {
            // The server rejected the request before reading all of it.
        }

        using var response = new MemoryStream();
        try
        {
            var reading = client.GetStream().CopyToAsync(response, limit.Token);
            if (patience is { } longest && await Task.WhenAny(reading, Task.Delay(longest, limit.Token)) != reading)
                client.Client.Shutdown(SocketShutdown.Send);
            await reading;
        }
        catch (Exception exception) when (exception is IOException or SocketException)
        {
            // The server closed the connection with unread data.
        }

        return Encoding.UTF8.GetString(response.ToArray());
    }

    public static int StatusOf(string response) => response.Length > 12 ? int.Parse(response.AsSpan(9, 3), null) : 0;

    /// <summary>Returns the problem code in a response, or in the first of several.</summary>
    public static string ProblemOf(string response)
    {
        Assert.Contains("Content-Type: application/problem+json", response, StringComparison.Ordinal);
        var line = response.Split("\r\n").First(line => line.StartsWith('{'));
        var problem = JsonNode.Parse(line[..(line.LastIndexOf('}') + 1)])!;
        Assert.Equal(StatusOf(response), (int)problem["status"]!);
        return (string)problem["code"]!;
    }
}
