namespace Sigma.Fetcher.Polling;

/// <summary>Counts what a poll's parallel calls do.</summary>
internal sealed class PollProgress
{
    int _published, _unchanged, _halved, _failed, _events, _odd;
    string? _oddExample;

    public int Done => _published + _unchanged + _halved + _failed;
    public int Answered => _published + _unchanged + _halved;
    public int Odd => _odd;
    public string? OddExample => _oddExample;

    public void Published() => Interlocked.Increment(ref _published);
    public void Unchanged() => Interlocked.Increment(ref _unchanged);
    public void Halved() => Interlocked.Increment(ref _halved);
    public void Failed() => Interlocked.Increment(ref _failed);

    public void Read(Events.SliceAnswer answer)
    {
        Interlocked.Add(ref _events, answer.Events.Count);
        Interlocked.Add(ref _odd, answer.Odd);
        Interlocked.CompareExchange(ref _oddExample, answer.OddReason is { } reason ? $"{reason}: {answer.OddExample}" : null, null);
    }

    public PollResult Result(string? stopped, DateTimeOffset? watermark) => new()
    {
        Published = _published, Unchanged = _unchanged, Halved = _halved, Failed = _failed, Events = _events, Stopped = stopped,
        Watermark = watermark,
    };
}
