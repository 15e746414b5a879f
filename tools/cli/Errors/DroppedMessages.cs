using System.Text.Json;
using Sigma.Hosting.Messaging;

namespace Sigma.Cli.Errors;

/// <summary>The file that dropped messages are kept in: one a line, for the eyes of its owner only. It is made with the first of them.</summary>
internal sealed class DroppedMessages(FileInfo file) : IAsyncDisposable
{
    FileStream? _stream;

    /// <summary>Where the file is; null while nothing was written.</summary>
    public string? Path => _stream?.Name;

    /// <summary>Returns when the message is on disk.</summary>
    public async Task Write(ErrorQueue queue, ErrorMessage message, CancellationToken ct)
    {
        var stream = _stream ??= Open();
        await using (var json = new Utf8JsonWriter(stream))
            MessageText.Write(json, queue, message);
        stream.WriteByte((byte)'\n');
        await stream.FlushAsync(ct);
        stream.Flush(flushToDisk: true);
    }

    public async ValueTask DisposeAsync()
    {
        if (_stream is not null)
            await _stream.DisposeAsync();
    }

    FileStream Open()
    {
        var options = new FileStreamOptions { Mode = FileMode.Append, Access = FileAccess.Write, Share = FileShare.Read };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        try
        {
            return new FileStream(file.FullName, options);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"{file.FullName} cannot be written, so nothing is dropped: {e.Message} Name another file with --to.");
        }
    }
}
