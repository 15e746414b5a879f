using System.Diagnostics;
using System.Net.Http.Json;
using Sigma.Benchmarks.Figures;
using Sigma.Benchmarks.Screens;

namespace Sigma.Benchmarks.Parts;

/// <summary>How soon an alert is acknowledged, and seen to be on every screen: through the real evaluator, which obeys.</summary>
internal static class ConsoleCommands
{
    const string Part = "Console, acknowledging";
    const int Watched = 40, Commands = 200;

    static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    public static async Task Run(ConsoleUnderLoad load, CancellationToken ct)
    {
        var (session, report) = (load.Session, load.Report);
        const string View = $"rule={ConsoleIntake.Sensors}&sort=newest";
        // Those that the pages show come first.
        var alerts = (await session.Get($"api/v1/alerts?{View}&limit={Commands}", ct)).GetProperty("items").EnumerateArray()
            .Select(alert => alert.GetProperty("alertId").GetGuid()).ToList();
        AcknowledgementWatch watch = new(ConsoleStorm.Streams + ConsoleStorm.Pages);
        Progress.Say($"Acknowledging {alerts.Count} alerts under {ConsoleStorm.Streams + ConsoleStorm.Pages} screens");
        await using OpenScreens screens = new();
        for (var i = 0; i < ConsoleStorm.Streams; i++)
            screens.Add(await LiveStream.Open(session.Api, View, watch.OfStream(i), ct));
        for (var i = 0; i < ConsoleStorm.Pages; i++)
            screens.Add(await Circuit.Open(session, View, watch.OfPage(ConsoleStorm.Streams + i), ct));

        Times calls = new(), seen = new();
        var unseen = 0;
        foreach (var (alert, i) in alerts.Select((alert, i) => (alert, i)))
        {
            var all = i < Watched ? watch.Next(alert) : null;
            var started = Stopwatch.GetTimestamp();
            await calls.Take(() => Acknowledge(session, alert, ct));
            if (all is null)
                continue;
            if (await Task.WhenAny(all, Task.Delay(Patience, ct)) == all)
                seen.Add(Stopwatch.GetElapsedTime(started, await all).TotalMilliseconds);
            else
                unseen++;
        }
        report.Add([.. calls.Figures(Part, "acknowledge by API", 100)]);
        report.Add([.. seen.Figures(Part, "acknowledge until the last of all screens shows it", 1_000)]);
        report.Add(
            new Figure(Part, "acknowledge until the last of all screens shows it, longest", seen.Longest, "ms"),
            new Figure(Part, $"acknowledgements that not every screen had after {Patience.TotalSeconds:0} s", unseen, "") { AtMost = 0 },
            new Figure(Part, "screens that were lost", screens.Lost, "") { AtMost = 0 });
    }

    static async Task<bool> Acknowledge(ConsoleSession session, Guid alert, CancellationToken ct)
    {
        using var answer = await session.Api.PostAsJsonAsync($"api/v1/alerts/{alert}/acknowledge", new { comment = "Seen" }, ct);
        answer.EnsureSuccessStatusCode();
        return true;
    }
}
