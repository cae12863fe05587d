using System.Text;

namespace Thumbnails.Worker.Media;

/// <summary>Reads standard error line by line, however much a hostile file produces, and keeps only its tail.</summary>
/// <param name="takeLine">Consumes lines; those that it accepts are not kept.</param>
internal sealed class StderrTail(Func<string, bool>? takeLine)
{
    private const int KeptLines = 20;
    private readonly Queue<string> _lines = [];

    public string Text => string.Join('\n', _lines);

    // ffmpeg writes each line in many pieces. A blocking read takes a third of the CPU time of an asynchronous one for each.
    public Task ReadAsync(Stream stream, int maxLine, CancellationToken cancellationToken) =>
        Task.Factory.StartNew(() => Read(stream, maxLine), cancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    private void Read(Stream stream, int maxLine)
    {
        var line = new StringBuilder();
        using var reader = new StreamReader(stream, Encoding.UTF8, leaveOpen: true);
        var buffer = new char[4096];
        while (reader.Read(buffer) is > 0 and var count)
        {
            foreach (var character in buffer.AsSpan(0, count))
            {
                if (character == '\n')
                    End(line);
                else if (line.Length < maxLine)
                    line.Append(character);
            }
        }

        if (line.Length > 0)
            End(line);
    }

    private void End(StringBuilder line)
    {
        var text = line.ToString();
        line.Clear();
        if (takeLine?.Invoke(text) is true)
            return;
        _lines.Enqueue(text);
        if (_lines.Count > KeptLines)
            _lines.Dequeue();
    }
}
