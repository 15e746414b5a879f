using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text.Json;
using Sigma.Benchmarks.Broker;
using Sigma.Benchmarks.Figures;
using Sigma.Benchmarks.Peers;
using Sigma.Benchmarks.Services;
using Sigma.Benchmarks.Traffic;
using Sigma.Contracts;

namespace Sigma.Benchmarks.Parts;

/// <summary>
/// Alerts that others send by Alertmanager's API, in batches of 100 that are repeated while they are active: how many does the gateway keep a second,
/// durably, and how many does Alertmanager, in memory?
/// </summary>
internal static class WebhookLoad
{
    const int BatchSize = 100, Senders = 4;
    const string Key = "key-of-the-benchmark", Path = "api/v2/alerts";

    static readonly int[] Active = [10_000, 30_000, 100_000];

    public static async Task Run(BenchmarkServers servers, CommandLine wanted, Report report, CancellationToken ct)
    {
        var program = Alertmanager.Find();
        if (program is null)
            report.Note("Alertmanager is not installed: the gateway is compared with nothing.");
        foreach (var active in wanted.ActiveAlerts is { } only ? [only] : Active)
        {
            var batches = Batches(active);
            double? theirs = program is null ? null : await OfAlertmanager(program, batches, active, wanted, report, ct);
            await OfGateway(servers, batches, active, theirs, wanted, report, ct);
        }
        report.Note($"Alerts sent: {BatchSize} a call by {Senders} senders, each alert again and again while it is active. The gateway answers once "
            + "the body is in the database and the news with the broker; Alertmanager keeps alerts in memory, with every alert told alone, as ours "
            + "are, to a receiver that throws it away. What the gateway publishes is taken and thrown away; the evaluator's part is in \"news\".");
    }

    static async Task<double> OfAlertmanager(string program, byte[][] batches, int active, CommandLine wanted, Report report, CancellationToken ct)
    {
        await using var receiver = await AlertmanagerReceiver.Start(ct);
        await using var alertmanager = await Alertmanager.Start(program, Alertmanager.EachAlone, ct, receiver.Url);
        var part = $"Alertmanager {await alertmanager.Version(ct)}, {active:#,0} active alerts";
        Times calls = new();
        var rate = await Rate(alertmanager.Http, batches, wanted, calls, part, ct);
        report.Add(
            new Figure(part, "alerts a second, taken", rate, "/s"),
            new Figure(part, $"a call with {BatchSize} alerts, p99 of {calls.Count:#,0}", calls.At(0.99), "ms"),
            new Figure(part, "alerts told meanwhile", receiver.Told, ""),
            new Figure(part, "memory, most", alertmanager.Memory.Most, "MB"));
        return rate;
    }

    static async Task OfGateway(BenchmarkServers servers, byte[][] batches, int active, double? theirs, CommandLine wanted, Report report,
        CancellationToken ct)
    {
        await using var station = await BenchmarkStation.Create(servers, "webhooks", ct, subscribes: false);
        await using var drain = await NewsDrain.Open(station.Broker, nameof(ConditionReported), ct);
        var gateway = station.Start("gateway", "Sigma.Gateway.dll", ("Gateway__Integrations__0__Name", "prometheus"),
            ("Gateway__Integrations__0__Kind", "alertmanager"), ("Gateway__Integrations__0__Key", Key),
            ("Gateway__Integrations__0__RatePerSecond", "1000000"), ("Gateway__Integrations__0__Burst", "1000000"));
        await gateway.Ready(ct);
        using HttpClient http = new() { BaseAddress = gateway.Url, Timeout = TimeSpan.FromMinutes(1) };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Key);
        var part = $"Gateway, {active:#,0} active alerts by /{Path}";
        Times calls = new();
        ProcessorTime? processors = null;
        var rate = await Rate(http, batches, wanted, calls, part, ct, () =>
        {
            gateway.Memory.Begin();
            processors = ProcessorTime.Begin(servers, station.Services);
        });
        report.Add(
            // Half of it, and as much where many are active.
            new Figure(part, "alerts a second, kept", rate, "/s") { AtLeast = active >= Active[^1] ? theirs : theirs / 2 },
            new Figure(part, $"a call with {BatchSize} alerts, p99 of {calls.Count:#,0}", calls.At(0.99), "ms"),
            new Figure(part, "published meanwhile", drain.Bytes / 1048576d, "MB"));
        report.Add([.. processors!.Figures(part, (long)calls.Count * BatchSize)]);
        report.Add([.. gateway.Memory.Figures(part, gateway.Name, judgeGrowth: false, MemorySamples.MostOfGateway)]);
    }

    // All of them once, which is not measured; then for the time that is wanted.
    static async Task<double> Rate(HttpClient http, byte[][] batches, CommandLine wanted, Times calls, string part, CancellationToken ct,
        Action? begins = null)
    {
        var seconds = wanted.Seconds ?? 30;
        Progress.Say($"{part}: all of them, then for {seconds} s");
        await Send(http, batches, 0, batches.Length, null, ct);
        begins?.Invoke();
        var started = Stopwatch.GetTimestamp();
        var sent = await Send(http, batches, seconds, int.MaxValue, calls, ct);
        return (double)sent * BatchSize / Stopwatch.GetElapsedTime(started).TotalSeconds;
    }

    static async Task<int> Send(HttpClient http, byte[][] batches, int seconds, int most, Times? calls, CancellationToken ct)
    {
        var (started, next, sent) = (Stopwatch.GetTimestamp(), -1, 0);
        Lock turn = new();
        await Task.WhenAll(Enumerable.Range(0, Senders).Select(async _ =>
        {
            while (Interlocked.Increment(ref next) is var number && number < most
                && (seconds == 0 || Stopwatch.GetElapsedTime(started).TotalSeconds < seconds))
            {
                var began = Stopwatch.GetTimestamp();
                using ByteArrayContent body = new(batches[number % batches.Length]);
                body.Headers.ContentType = new MediaTypeHeaderValue("application/json");
                using var answer = await http.PostAsync(Path, body, ct);
                answer.EnsureSuccessStatusCode();
                var took = Stopwatch.GetElapsedTime(began).TotalMilliseconds;
                lock (turn)
                {
                    sent++;
                    calls?.Add(took);
                }
            }
        }));
        return sent;
    }

    static byte[][] Batches(int active)
    {
        var now = TimeProvider.System.GetUtcNow();
        return [.. Enumerable.Range(0, active).Chunk(BatchSize)
            .Select(numbers => JsonSerializer.SerializeToUtf8Bytes(numbers.Select(number => AlertmanagerLoad.Alert(number, now))))];
    }
}
