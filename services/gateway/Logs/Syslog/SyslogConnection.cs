using System.Net.Sockets;
using Sigma.Gateway.Integrations;
using Sigma.Gateway.Logs.Lines;

namespace Sigma.Gateway.Logs.Syslog;

/// <summary>
/// Reads one connection. What was read is with the broker before more than one further buffer is read, so that a sender who is faster than the broker
/// waits, and who sends slowly or without end costs one buffer.
/// </summary>
/// <param name="stream">What is read.</param>
/// <param name="find">Whose lines they are now: people may turn an integration off, or change its labels, while a connection lasts for weeks.</param>
/// <param name="sender">Address of the sender.</param>
/// <param name="listening">What listeners share.</param>
internal sealed class SyslogConnection(Stream stream, Func<Integration?> find, string sender, SyslogListening listening)
{
    const int FirstBuffer = 16 * 1024;

    readonly SyslogFraming _framing = new(listening.Options.LongestMessage);
    byte[] _buffer = new byte[FirstBuffer];
    int _length;
    long _begun;
    LineCollector? _lines;

    /// <summary>Reads until the end. Returns why it ended.</summary>
    /// <param name="reading">Ends the reading; what has been read is published all the same.</param>
    /// <param name="publishing">Ends the publishing.</param>
    public async Task<string> Run(CancellationToken reading, CancellationToken publishing)
    {
        var ended = await Read(reading, publishing);
        Take(isEnd: true);
        await Publish(publishing);
        return ended;
    }

    async Task<string> Read(CancellationToken reading, CancellationToken publishing)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(reading);
        while (true)
        {
            if (_lines is null && find() is null)
                return "no_integration";
            MakeRoom();
            limit.CancelAfter(Patience());
            try
            {
                var next = stream.ReadAsync(_buffer.AsMemory(_length), limit.Token);
                if (_lines is { } full && (SyslogIntake.IsFull(full) || !next.IsCompleted))
                    await Publish(publishing);
                var read = await next;
                if (read == 0)
                    return "ended";
                if (_length == 0)
                    _begun = listening.Time.GetTimestamp();
                _length += read;
            }
            catch (OperationCanceledException) when (limit.IsCancellationRequested && !publishing.IsCancellationRequested)
            {
                return reading.IsCancellationRequested ? "stopping" : _length > 0 ? "slow" : "idle";
            }
            catch (Exception e) when (e is IOException or SocketException or ObjectDisposedException)
            {
                return "broken";
            }
            if (Take(isEnd: false))
                _begun = listening.Time.GetTimestamp();
        }
    }

    // A message that has begun must end in time, however slowly its bytes come.
    TimeSpan Patience()
    {
        if (_length == 0)
            return listening.Options.IdleTimeout;
        var left = listening.Options.MessageTimeout - listening.Time.GetElapsedTime(_begun);
        return left > TimeSpan.Zero ? left : TimeSpan.FromMilliseconds(1);
    }

    void MakeRoom()
    {
        if (_length < _buffer.Length)
            return;
        // The framing takes whatever fills the largest, so it never grows further.
        Array.Resize(ref _buffer, Math.Min(2 * _buffer.Length, Math.Max(_framing.LargestBuffer, _buffer.Length + 1)));
    }

    // Whether anything was taken.
    bool Take(bool isEnd)
    {
        var data = _buffer.AsSpan(0, _length);
        if (_lines is null && find() is { } integration)
            _lines = listening.Intake.Collect(integration);
        if (_lines is null)
            return false; // it has been turned off
        SyslogReader reader = new(_lines, listening.Zone);
        while (_framing.TryTake(data, isEnd, out var message, out var isCut, out var consumed))
        {
            if (!message.IsEmpty)
                reader.Read(message, sender, isCut);
            data = data[consumed..];
        }
        if (data.Length == _length)
            return false;
        data.CopyTo(_buffer);
        _length = data.Length;
        return true;
    }

    async Task Publish(CancellationToken ct)
    {
        if (_lines is not { Lines.Count: > 0 } lines)
            return;
        await listening.Intake.Keep(lines, ct);
        _lines = null;
    }
}
