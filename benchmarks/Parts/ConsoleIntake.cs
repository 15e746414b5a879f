using System.Diagnostics;
using Sigma.Benchmarks.Figures;
using Sigma.Benchmarks.Services;
using Sigma.Benchmarks.Traffic;
using Sigma.Contracts;
using Sigma.OperatorConsole;
using Sigma.Storage;

namespace Sigma.Benchmarks.Parts;

/// <summary>How fast alerts that are raised come to the board.</summary>
internal static class ConsoleIntake
{
    /// <summary>The rule, and the source, of those that an evaluator raises.</summary>
    public const string Sensors = "sensors";

    const string Part = "Console, taking alerts in";
    const uint Series = 0x5c0ffee0;
    const int Ahead = 5_000, AtOnce = 500, MostOfEvaluator = 2_000, FewestOfEvaluator = 60;

    public static IEnumerable<(string, string)> Rule() =>
    [
        ("Evaluator__Rules__0__Name", Sensors),
        ("Evaluator__Rules__0__Kind", RuleKind.External),
        ("Evaluator__Rules__0__Source", Sensors),
        ("Evaluator__Rules__0__GroupBy", "account,sensor"),
        ("Evaluator__Rules__0__Severity", "high"),
    ];

    public static async Task Run(ConsoleUnderLoad load, int alerts, CancellationToken ct)
    {
        var ofEvaluator = Math.Clamp(alerts / 50, FewestOfEvaluator, MostOfEvaluator);
        var published = Math.Max(1, alerts - ofEvaluator);
        var (session, report) = (load.Session, load.Report);
        Progress.Say($"Publishing {published:#,0} alerts to the console");
        var processors = ProcessorTime.Begin(load.Servers, load.Station.Services);
        var started = Stopwatch.GetTimestamp();
        await Publish(load, published, ct);
        await session.Until("", published, TimeSpan.FromMinutes(10), ct);
        var took = Stopwatch.GetElapsedTime(started).TotalSeconds;
        Progress.Say($"They are on the board after {took:0.0} s, {published / took:#,0}/s; waiting for the names of their accounts");
        while (await load.Station.Ask<long>("select count(*) from console_alerts where names_due_at is not null", null, ct) > 0
            && Stopwatch.GetElapsedTime(started) < TimeSpan.FromMinutes(10))
            await Task.Delay(200, ct);
        var named = Stopwatch.GetElapsedTime(started).TotalSeconds;

        report.Add(
            new Figure(Part, "alerts a second, stored and on the board", published / took, "/s"),
            new Figure(Part, "time until the board has them all", took, "s"),
            new Figure(Part, "time until all have the names of their accounts", named, "s"),
            new Figure(Part, "alerts", published, ""),
            new Figure(Part, "alerts not in the table",
                published - await load.Station.Ask<long>("select count(*) from console_alerts where cleared_at is null", null, ct), "")
                { AtMost = 0, AtLeast = 0 },
            new Figure(Part, "messages in the error queue", await load.Publisher.Failed(ConsoleQueues.Alerts, ct), "") { AtMost = 0 });
        report.Add([.. processors.Figures(Part, published)]);
        await HaveRaised(load, ofEvaluator, ct);
        report.Add(new Figure(Part, "memory of the console, most", load.Console.Memory.Most, "MB"),
            new Figure(Part, "memory of the console, at the end", load.Console.Memory.Now, "MB"));
    }

    static async Task Publish(ConsoleUnderLoad load, int count, CancellationToken ct)
    {
        var now = TimeProvider.System.GetUtcNow();
        for (var first = 0; first < count; first += AtOnce)
        {
            while (await load.Publisher.Waiting(ConsoleQueues.Alerts, ct) > Ahead)
                await Task.Delay(10, ct);
            await Task.WhenAll(Enumerable.Range(first, Math.Min(AtOnce, count - first)).Select(number =>
                load.Publisher.Publish(AlertStock.Raised(Series, number, now.AddMilliseconds(100.0 * (number - count))), ct)));
        }
    }

    static async Task HaveRaised(ConsoleUnderLoad load, int count, CancellationToken ct)
    {
        Progress.Say($"An evaluator raises {count:#,0} more");
        var started = Stopwatch.GetTimestamp();
        for (var first = 0; first < count; first += AtOnce)
            await load.Publisher.Publish(new ConditionReported
            {
                BatchId = Ids.From(Sensors, $"{first}"), Source = Sensors,
                Conditions = [.. Enumerable.Range(first, Math.Min(AtOnce, count - first)).Select(number => new ReportedCondition
                {
                    ExternalId = $"sensor-{number}", State = ConditionState.Firing, ReportedAt = TimeProvider.System.GetUtcNow(),
                    Labels = new Dictionary<string, string> { ["account"] = AlertStock.Account(number), ["sensor"] = $"sensor-{number:0000}" },
                    Title = $"Sensor {number:0000} em alarme",
                })],
            }, ct);
        await load.Session.Until($"rule={Sensors}", count, TimeSpan.FromMinutes(5), ct);
        load.Report.Add(new Figure(Part, "alerts a second, from the report through an evaluator to the board",
            count / Stopwatch.GetElapsedTime(started).TotalSeconds, "/s"));
    }
}
