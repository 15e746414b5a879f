using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;
using Sigma.Benchmarks.Figures;
using Sigma.Benchmarks.Peers;
using Sigma.Benchmarks.Screens;
using Sigma.Benchmarks.Traffic;

namespace Sigma.Benchmarks.Parts;

/// <summary>What Alertmanager does with as many alerts on the same machine, for a measure of the console's figures.</summary>
internal static class AlertmanagerLoad
{
    const int BatchSize = 100, Senders = 4, Finds = 20;

    public static async Task Run(CommandLine wanted, Report report, CancellationToken ct)
    {
        if (Alertmanager.Find() is not { } program)
        {
            Progress.Say("There is no Alertmanager to compare with; on Debian and Ubuntu: apt-get install prometheus-alertmanager");
            report.Note("Alertmanager is not installed: the console is compared with nothing.");
            return;
        }
        report.Note($"Alertmanager: the same alerts, {BatchSize} a call by {Senders} senders, one receiver that is nobody, once with every alert a "
            + "group of its own and once with one group a rule; it keeps them in memory and lists all at once, for it has no pages.");
        await Run(program, Alertmanager.EachAlone, "every alert told alone", wanted, report, ct);
        await Run(program, Alertmanager.ByRule, "one group a rule", wanted, report, ct);
    }

    static async Task Run(string program, string groupBy, string what, CommandLine wanted, Report report, CancellationToken ct)
    {
        await using var alertmanager = await Alertmanager.Start(program, groupBy, ct);
        var part = $"Alertmanager {await alertmanager.Version(ct)} beside it, {what}";
        Progress.Say($"Sending {wanted.Alerts:#,0} alerts to Alertmanager");
        Times calls = new();
        var started = Stopwatch.GetTimestamp();
        await Send(alertmanager.Http, wanted.Alerts, calls, ct);
        var took = Stopwatch.GetElapsedTime(started).TotalSeconds;
        Progress.Say($"It has them after {took:0.0} s; listing and finding them");

        Times lists = new(), finds = new();
        var list = await lists.Take(() => ConsoleSession.Load(alertmanager.Http, "api/v2/alerts", ct));
        for (var i = 0; i < Finds; i++)
        {
            var filter = Uri.EscapeDataString($"account=\"{AlertStock.Account(7 * i)}\"");
            await finds.Take(() => ConsoleSession.Load(alertmanager.Http, $"api/v2/alerts?filter={filter}", ct));
        }
        report.Add(
            new Figure(part, "alerts a second, taken", wanted.Alerts / took, "/s"),
            new Figure(part, $"a call with {BatchSize} alerts, p99 of {calls.Count:#,0}", calls.At(0.99), "ms"),
            new Figure(part, "list of all", lists.Longest, "ms"),
            new Figure(part, "alerts that it lists", Count(list), "") { AtLeast = wanted.Alerts },
            new Figure(part, "list of all, size", list.Length / 1048576d, "MB"),
            new Figure(part, $"the alerts of one account, median of {Finds}", finds.At(0.5), "ms"),
            new Figure(part, "the alerts of one account, p95", finds.At(0.95), "ms"),
            new Figure(part, "memory, most", alertmanager.Memory.Most, "MB"));
    }

    static int Count(byte[] list)
    {
        using var alerts = JsonDocument.Parse(list);
        return alerts.RootElement.GetArrayLength();
    }

    static async Task Send(HttpClient http, int alerts, Times calls, CancellationToken ct)
    {
        var now = TimeProvider.System.GetUtcNow();
        Lock turn = new();
        await Parallel.ForEachAsync(Enumerable.Range(0, alerts).Chunk(BatchSize),
            new ParallelOptions { MaxDegreeOfParallelism = Senders, CancellationToken = ct }, async (numbers, token) =>
            {
                var started = Stopwatch.GetTimestamp();
                using var answer = await http.PostAsJsonAsync("api/v2/alerts", numbers.Select(number => Alert(number, now)), token);
                answer.EnsureSuccessStatusCode();
                var took = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
                lock (turn)
                    calls.Add(took);
            });
    }

    // Its labels are the identity, so the number is one of them, and it knows no names of accounts but labels.
    internal static object Alert(int number, DateTimeOffset now)
    {
        var labels = AlertStock.Labels(number);
        labels["alertname"] = AlertStock.Rule(number);
        labels["severity"] = AlertStock.Severity(number);
        labels["source"] = AlertStock.Source(number);
        labels["company"] = AlertStock.Company(labels["account"]);
        return new
        {
            labels, annotations = new { summary = AlertStock.Summary(number) }, startsAt = now.AddMinutes(-2), endsAt = now.AddHours(2),
            generatorURL = $"https://monitor.example.com/rules/{AlertStock.Rule(number)}?key={number}",
        };
    }
}
