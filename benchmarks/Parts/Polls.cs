using Sigma.Benchmarks.Figures;
using Sigma.Benchmarks.Services;
using Sigma.Benchmarks.Traffic;

namespace Sigma.Benchmarks.Parts;

/// <summary>The first poll of a new station and, on top of it, the polls that follow.</summary>
internal static class Polls
{
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(5), Window = TimeSpan.FromHours(2);
    public const int Threshold = 20;

    public static async Task Run(BenchmarkServers servers, CommandLine wanted, Report report, CancellationToken ct)
    {
        await using var station = await BenchmarkStation.Create(servers, "polls", ct);
        var oracle = new Oracle(Window, Threshold);
        await FirstPoll.Run(servers, station, oracle, report, ct);
        if (wanted.NextPoll)
            await NextPolls.Run(station, oracle, wanted.MeasuredPolls, report, ct);
        foreach (var service in station.Services)
            report.Add([.. service.Memory.Figures("Memory during the polls", service.Name, judgeGrowth: false)]);
    }

    /// <summary>How far what was raised is from what plain counting says, in keys.</summary>
    public static Figure Exactness(string part, Oracle oracle, BenchmarkStation station)
    {
        var raised = station.Alerts.Raised.ToHashSet();
        var wrong = oracle.Due.Count(key => !raised.Contains(key)) + raised.Count(key => !oracle.Due.Contains(key)) + station.Alerts.Repeated;
        return new Figure(part, "alerts missing, undue or raised twice, against plain counting", wrong, "") { AtMost = 0 };
    }
}
