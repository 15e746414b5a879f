using Sigma.Contracts;

namespace Sigma.Fetcher.Events;

/// <summary>What the source answered for one slice.</summary>
internal sealed class SliceAnswer
{
    /// <summary>The watched events.</summary>
    public List<MonitoredEvent> Events { get; } = [];

    /// <summary>All records, watched or not.</summary>
    public int Records { get; set; }

    /// <summary>Records without an account or a code.</summary>
    public int Odd { get; private set; }

    /// <summary>The beginning of the first odd record.</summary>
    public string? OddExample { get; private set; }

    /// <summary>A time that could not be placed.</summary>
    public string? UnusableTime { get; set; }

    public void AddOdd(string record)
    {
        Odd++;
        OddExample ??= record.Length <= 200 ? record : record[..200] + "…";
    }
}
