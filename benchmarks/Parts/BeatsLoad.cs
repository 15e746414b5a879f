using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Sigma.Benchmarks.Broker;
using Sigma.Benchmarks.Figures;
using Sigma.Benchmarks.Services;
using Sigma.Contracts;
using Sigma.Evaluator;

namespace Sigma.Benchmarks.Parts;

/// <summary>
/// Beats as cron jobs send them, each by a call of its own to the gateway: how many a second are with the broker, and how soon is it told that some
/// of many agents have fallen silent?
/// </summary>
internal static class BeatsLoad
{
    const string Part = "Gateway, beats by /ping", Silence = "Agents that fall silent", Source = "crons", Key = "key-of-the-benchmark";
    const int Senders = 16, Crowd = 128, Agents = 10_000, Missing = 20, RoundsOfAll = 2;

    // Slices of ten seconds are reported after their end, and the sweep comes every few seconds.
    const double MostDelay = 30;

    static readonly TimeSpan Every = TimeSpan.FromSeconds(30), After = TimeSpan.FromMinutes(1), Patience = TimeSpan.FromMinutes(2);

    public static async Task Run(BenchmarkServers servers, CommandLine wanted, Report report, CancellationToken ct)
    {
        await using var station = await BenchmarkStation.Create(servers, "beats", ct, subscribes: false);
        ConcurrentDictionary<string, DateTimeOffset> told = [];
        await using var alerts = await NewsDrain.Open(station.Broker, nameof(AlertRaised), ct, message => Hear(message, told));
        var evaluator = station.Start("evaluator", "Sigma.Evaluator.dll", ("Evaluator__Rules__0__Name", "silent-agent"),
            ("Evaluator__Rules__0__Kind", "absence"), ("Evaluator__Rules__0__Source", Source), ("Evaluator__Rules__0__GroupBy", "check"),
            ("Evaluator__Rules__0__After", After.ToString("c", CultureInfo.InvariantCulture)));
        await evaluator.Ready(ct);
        var gateway = station.Start("gateway", "Sigma.Gateway.dll", ("Gateway__Integrations__0__Name", Source),
            ("Gateway__Integrations__0__Kind", "beats"), ("Gateway__Integrations__0__Key", Key),
            ("Gateway__Integrations__0__RatePerSecond", "1000000"), ("Gateway__Integrations__0__Burst", "1000000"));
        await gateway.Ready(ct);
        using HttpClient http = new() { BaseAddress = gateway.Url, Timeout = TimeSpan.FromSeconds(30) };
        await using var waiting = await BatchPublisher.Start(station.Broker, ct);
        await FallSilent(http, told, report, ct);
        report.Add(new Figure(Silence, "messages that wait for the evaluator at the end", await waiting.Waiting(EvaluatorQueues.Beats, ct), ""));
        await AsManyAsCan(servers, station, gateway, evaluator, http, wanted, report, ct);
        report.Note(string.Create(CultureInfo.InvariantCulture,
            $"Beats: a call each, of {Agents:#,0} agents; as many as can be: by {Crowd} senders. Answered once the broker has it, ")
            + "together with those that come within 20 ms; the evaluator stores them meanwhile. "
            + string.Create(CultureInfo.InvariantCulture,
                $"Of them {Missing} fall silent, the others beat every {Every.TotalSeconds:0} s; silence of {After.TotalSeconds:0} s is an alert."));
    }

    static async Task AsManyAsCan(BenchmarkServers servers, BenchmarkStation station, MeasuredService gateway, MeasuredService evaluator,
        HttpClient http, CommandLine wanted, Report report, CancellationToken ct)
    {
        var seconds = wanted.Seconds ?? 30;
        Progress.Say($"{Part}: as many as can be, for {seconds} s");
        Times calls = new();
        Lock turn = new();
        gateway.Memory.Begin();
        evaluator.Memory.Begin();
        var processors = ProcessorTime.Begin(servers, station.Services);
        var (started, next) = (Stopwatch.GetTimestamp(), -1);
        await Task.WhenAll(Enumerable.Range(0, Crowd).Select(async _ =>
        {
            Times own = new();
            while (Stopwatch.GetElapsedTime(started).TotalSeconds < seconds)
                await own.Take(() => Ping(http, Interlocked.Increment(ref next) % Agents, ct));
            lock (turn)
                calls.Add(own);
        }));
        var rate = calls.Count / Stopwatch.GetElapsedTime(started).TotalSeconds;
        report.Add(
            new Figure(Part, "beats a second, with the broker", rate, "/s") { AtLeast = Agents / Every.TotalSeconds },
            new Figure(Part, $"a beat, median of {calls.Count:#,0}", calls.At(0.5), "ms"),
            new Figure(Part, "a beat, p99", calls.At(0.99), "ms"));
        report.Add([.. processors.Figures(Part, calls.Count)]);
        report.Add([.. gateway.Memory.Figures(Part, gateway.Name, judgeGrowth: false, MemorySamples.MostOfGateway)]);
        report.Add([.. evaluator.Memory.Figures(Part, evaluator.Name, judgeGrowth: false)]);
    }

    static async Task FallSilent(HttpClient http, ConcurrentDictionary<string, DateTimeOffset> told, Report report, CancellationToken ct)
    {
        Progress.Say($"{Silence}: {Missing} of {Agents:#,0}, whose others beat every {Every.TotalSeconds:0} s");
        var last = new DateTimeOffset[Agents];
        var (started, next) = (Stopwatch.GetTimestamp(), -1L);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var beating = Task.WhenAll(Enumerable.Range(0, Senders).Select(async _ =>
        {
            while (!ended.IsCancellationRequested)
            {
                var number = Interlocked.Increment(ref next);
                var agent = (int)(number % Agents);
                if (IsMissing(agent) && number / Agents >= RoundsOfAll)
                    continue;
                if (Every * ((double)number / Agents) - Stopwatch.GetElapsedTime(started) is { Ticks: > 0 } wait)
                    await Task.Delay(wait, ended.Token);
                await Ping(http, agent, ended.Token);
                last[agent] = TimeProvider.System.GetUtcNow();
            }
        }));
        var missing = Enumerable.Range(0, Agents).Where(IsMissing).ToList();
        var patience = Every * RoundsOfAll + After + Patience;
        while (missing.Exists(agent => !told.ContainsKey(NameOf(agent))) && Stopwatch.GetElapsedTime(started) < patience)
            await Task.WhenAny(beating, Task.Delay(200, ct));
        await ended.CancelAsync();
        try
        {
            await beating;
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            // the others beat until here
        }
        Times delays = new();
        foreach (var agent in missing)
            if (told.TryGetValue(NameOf(agent), out var toldAt))
                delays.Add((toldAt - last[agent] - After).TotalMilliseconds);
        var names = missing.Select(NameOf).ToHashSet();
        report.Add(
            new Figure(Silence, "missing agents that were told of", delays.Count, "") { AtLeast = Missing },
            new Figure(Silence, "others that were told of", told.Keys.Count(name => !names.Contains(name)), "") { AtMost = 0 },
            new Figure(Silence, "told after they were due, median", delays.At(0.5) / 1000, "s"),
            new Figure(Silence, "told after they were due, longest", delays.Longest / 1000, "s") { AtMost = MostDelay });
    }

    static bool IsMissing(int agent) => agent % (Agents / Missing) == 0;

    static string NameOf(int agent) => string.Create(CultureInfo.InvariantCulture, $"agent-{agent:00000}");

    static async Task<int> Ping(HttpClient http, int agent, CancellationToken ct)
    {
        using var answer = await http.GetAsync($"ping/{Key}/{NameOf(agent)}", ct);
        answer.EnsureSuccessStatusCode();
        return agent;
    }

    static void Hear(ReadOnlyMemory<byte> body, ConcurrentDictionary<string, DateTimeOffset> told)
    {
        using var document = JsonDocument.Parse(body);
        if (document.RootElement.GetProperty("message").GetProperty("labels").TryGetProperty("check", out var check))
            told.TryAdd(check.GetString()!, TimeProvider.System.GetUtcNow());
    }
}
