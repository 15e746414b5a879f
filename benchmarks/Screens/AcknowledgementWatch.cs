using System.Diagnostics;
using System.Text;

namespace Sigma.Benchmarks.Screens;

/// <summary>When the last of all screens has seen that an alert was taken on; one alert after the other.</summary>
internal sealed class AcknowledgementWatch(int screens)
{
    static readonly byte[] Person = Encoding.UTF8.GetBytes(ConsoleSession.Program);

    readonly int[] _seen = new int[screens];
    byte[] _alert = [];
    int _round, _missing;
    TaskCompletionSource<long> _all = new();

    /// <summary>The next alert; its moment is the timestamp at which the last screen saw it.</summary>
    public Task<long> Next(Guid alert)
    {
        _alert = Encoding.ASCII.GetBytes(alert.ToString());
        _missing = screens;
        _all = new TaskCompletionSource<long>(TaskCreationOptions.RunContinuationsAsynchronously);
        Interlocked.Increment(ref _round);
        return _all.Task;
    }

    /// <summary>An event that says so.</summary>
    public Hearing OfStream(int screen) => (kind, text) =>
    {
        if (kind.StartsWith("acknowledged"u8) && text.IndexOf(_alert) >= 0)
            See(screen);
    };

    /// <summary>A row that now says who has it.</summary>
    public Hearing OfPage(int screen) => (_, text) =>
    {
        if (text.IndexOf(Person) >= 0)
            See(screen);
    };

    void See(int screen)
    {
        var round = Volatile.Read(ref _round);
        if (round > 0 && Interlocked.Exchange(ref _seen[screen], round) != round && Interlocked.Decrement(ref _missing) == 0)
            _all.TrySetResult(Stopwatch.GetTimestamp());
    }
}
