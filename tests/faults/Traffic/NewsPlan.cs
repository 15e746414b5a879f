namespace Sigma.Faults.Traffic;

/// <summary>A stretch of time in which something is wrong with a host.</summary>
internal sealed record Trouble(string Host, DateTimeOffset From, DateTimeOffset To);

/// <summary>
/// What agents, series and somebody else's monitoring will say during the run, by seed: hosts fall silent and come back, values go over their limit
/// and return, conditions fire and are resolved.
/// </summary>
internal sealed class NewsPlan
{
    /// <summary>Names of the rules.</summary>
    public const string SilentRule = "silent", HotRule = "hot", ReportedRule = "down", ToldRule = "told";

    /// <summary>The source of each.</summary>
    public const string Agents = "agents", Metrics = "metrics", Monitoring = "monitoring", Cloud = "cloud";

    /// <summary>So long nothing may be heard of an agent.</summary>
    public static readonly TimeSpan SilentAfter = TimeSpan.FromSeconds(15);

    /// <summary>Beyond it a value is too much, and back below the other it is normal.</summary>
    public const double Limit = 90, RecoveryLimit = 80;

    const int Hosts = 40;

    // A silence that ends while a server is away is over before anybody can prove it; so long no outage of the run lasts.
    static readonly TimeSpan ShortestSilence = TimeSpan.FromSeconds(100), ShortestTrouble = TimeSpan.FromSeconds(12),
        ShortestRest = TimeSpan.FromSeconds(75), Quiet = TimeSpan.FromSeconds(20);

    readonly Random _random;
    readonly DateTimeOffset _start, _end;

    public NewsPlan(int seed, DateTimeOffset start, TimeSpan length)
    {
        _random = new Random(seed + 1);
        (_start, _end) = (start, start + length);
        Silent = Draw("agent", ShortestSilence, TimeSpan.FromSeconds(30));
        Hot = Draw("sensor", ShortestTrouble, TimeSpan.FromSeconds(50));
        Reported = Draw("site", ShortestTrouble, TimeSpan.FromSeconds(50));
        Told = Draw("server", ShortestTrouble, TimeSpan.FromSeconds(50));
    }

    public IReadOnlyList<Trouble> Silent { get; }
    public IReadOnlyList<Trouble> Hot { get; }
    public IReadOnlyList<Trouble> Reported { get; }
    public IReadOnlyList<Trouble> Told { get; }

    /// <summary>The key that a source shows to the gateways.</summary>
    public static string Key(string source) => $"key-of-{source}-in-the-fault-run";

    /// <summary>The names of a kind's hosts.</summary>
    public static IEnumerable<string> Names(string kind) => Enumerable.Range(0, Hosts).Select(i => $"{kind}-{i}");

    /// <summary>Whether something is wrong with a host at a moment.</summary>
    public static bool IsTrouble(IReadOnlyList<Trouble> troubles, string host, DateTimeOffset at) =>
        troubles.Any(trouble => trouble.Host == host && at >= trouble.From && at < trouble.To);

    // Whole seconds, and all is well at the beginning and at the end.
    List<Trouble> Draw(string kind, TimeSpan shortest, TimeSpan more)
    {
        List<Trouble> troubles = [];
        foreach (var host in Names(kind))
            for (var from = _start + Quiet + _random.Next(120) * TimeSpan.FromSeconds(1); ; )
            {
                var to = from + shortest + _random.Next((int)more.TotalSeconds) * TimeSpan.FromSeconds(1);
                if (to > _end - Quiet)
                    break;
                troubles.Add(new Trouble(host, from, to));
                from = to + ShortestRest + _random.Next(60) * TimeSpan.FromSeconds(1);
            }
        return troubles;
    }
}
