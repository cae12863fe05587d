using System.Text;
using System.Text.Json;
using Thumbnails.Core.Jobs;

namespace Thumbnails.Worker;

/// <summary>
/// Writes one line of JSON for each step to standard output, with the keys of Serilog's compact format, so that the logs of the API
/// and the worker can be queried alike.
/// </summary>
internal sealed class StepLog(TextWriter output, TimeProvider clock, JobId? job = null)
{
    /// <summary>Returns a log that adds the job's id to every line.</summary>
    public StepLog For(JobId id) => new(output, clock, id);

    public void Step(string step, params ReadOnlySpan<(string Name, object? Value)> properties) => Write(step, null, null, properties);

    public void Failure(string step, string? detail, params ReadOnlySpan<(string Name, object? Value)> properties) =>
        Write(step, "Error", detail, properties);

    private void Write(string step, string? level, string? detail, ReadOnlySpan<(string Name, object? Value)> properties)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("@t", clock.GetUtcNow().UtcDateTime);
            json.WriteString("@m", step);
            if (level is not null)
                json.WriteString("@l", level);
            if (detail is not null)
                json.WriteString("@x", detail);
            if (job is not null)
                json.WriteString("JobId", job.ToString());
            foreach (var (name, value) in properties)
                Write(json, name, value);
            json.WriteEndObject();
        }

        // A single call, because Console.Out is synchronized per call and lines must stay whole.
        output.Write(Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length) + "\n");
    }

    private static void Write(Utf8JsonWriter json, string name, object? value)
    {
        switch (value)
        {
            case null:
                break;
            case long number:
                json.WriteNumber(name, number);
                break;
            case int number:
                json.WriteNumber(name, number);
                break;
            case double number:
                json.WriteNumber(name, number);
                break;
            default:
                json.WriteString(name, value.ToString());
                break;
        }
    }
}
