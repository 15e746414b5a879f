using System.Buffers;
using System.IO.Pipelines;

namespace Sigma.Benchmarks.Screens;

/// <summary>A program that follows <c>/api/v1/live</c>, as a wallboard does.</summary>
internal sealed class LiveStream : IScreen
{
    readonly CancellationTokenSource _stop = new();
    readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    readonly Hearing _hearing;
    byte[] _kind = [];
    Task _reading = Task.CompletedTask;

    LiveStream(Hearing hearing) => _hearing = hearing;

    public Exception? Failure { get; private set; }

    /// <summary>Returns when it is told of all that changes from now on.</summary>
    public static async Task<LiveStream> Open(HttpClient api, string filter, Hearing hearing, CancellationToken ct)
    {
        LiveStream stream = new(hearing);
        stream._reading = stream.Read(api, filter.Length == 0 ? "api/v1/live" : $"api/v1/live?{filter}");
        await stream._ready.Task.WaitAsync(TimeSpan.FromSeconds(20), ct);
        return stream;
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _reading;
        _stop.Dispose();
    }

    async Task Read(HttpClient api, string address)
    {
        try
        {
            using var answer = await api.GetAsync(address, HttpCompletionOption.ResponseHeadersRead, _stop.Token);
            answer.EnsureSuccessStatusCode();
            var pipe = PipeReader.Create(await answer.Content.ReadAsStreamAsync(_stop.Token));
            for (ReadResult result; !(result = await pipe.ReadAsync(_stop.Token)).IsCompleted;)
            {
                var rest = result.Buffer;
                while (rest.PositionOf((byte)'\n') is { } end)
                {
                    Take(rest.Slice(0, end));
                    rest = rest.Slice(rest.GetPosition(1, end));
                }
                pipe.AdvanceTo(rest.Start, rest.End);
            }
            throw new EndOfStreamException("The stream of changes has ended.");
        }
        catch (Exception e)
        {
            if (_stop.IsCancellationRequested)
                return;
            Failure = e;
            _ready.TrySetException(e);
        }
    }

    void Take(in ReadOnlySequence<byte> line)
    {
        var text = line.IsSingleSegment ? line.FirstSpan : line.ToArray();
        if (text.StartsWith("event: "u8))
        {
            if (!text[7..].SequenceEqual(_kind))
                _kind = text[7..].ToArray();
            if (text[7..].StartsWith("ready"u8))
                _ready.TrySetResult();
        }
        else if (text.StartsWith("data: "u8))
            _hearing(_kind, text[6..]);
    }
}
