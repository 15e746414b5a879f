using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Sigma.Contracts;
using Sigma.Evaluator.Backtests;
using Sigma.Evaluator.Queries;
using Sigma.Evaluator.Rules;
using Sigma.Hosting.Api;
using Sigma.Hosting.Limits;
using Sigma.Storage;

namespace Sigma.Evaluator.Api;

/// <summary>
/// <c>POST /backtests</c>: the alerts that a rule would have raised, as <c>sigma rules backtest</c> finds them. The answer is a stream of JSON, an
/// object a line: how many events are read by now, every second; then what was found, and its alerts. A caller who goes away ends it.
/// </summary>
internal static class BacktestsApi
{
    const int MostDays = 3650, MostAlerts = 100_000;

    // Each reads all events that are stored.
    static readonly EndpointLimits Long = EndpointLimits.Small with { Timeout = TimeSpan.FromMinutes(10), Requests = 2 };
    static readonly TimeSpan Every = TimeSpan.FromSeconds(1);
    static readonly byte[] LineBreak = [(byte)'\n'];

    public static void Map(IEndpointRouteBuilder app) => app.MapPost("/backtests", Run).WithLimits(Long);

    static async Task<IResult> Run(BacktestQuestion question, HttpContext http, RuleQuery query, Database database, TimeProvider time,
        ILogger<Backtest> log, CancellationToken ct)
    {
        if (question.Rule is null == question.Name is null)
            return Problems.Refused(["say either the name of a rule or what it says"]);
        var rules = await query.Rules(ct);
        Rule? rule;
        try
        {
            rule = question.Rule is { } text ? new Rule(RuleText.Read(text)) : rules.Known.FirstOrDefault(known => known.Name == question.Name);
        }
        catch (RuleTextException e)
        {
            return RuleAnswers.Refused(e);
        }
        if (rule is null)
            return Problems.NotFound($"There is no rule {question.Name}.");
        if (Faults(question, rule).ToList() is { Count: > 0 } faults)
            return Problems.Refused(faults);
        Backtest test = new(database, rules, question.PollInterval ?? TimeSpan.FromMinutes(1));
        http.Response.ContentType = "application/x-ndjson";
        await Write(http.Response, rule, question, test, time.GetUtcNow().AddDays(-question.Days), log, ct);
        return Results.Empty;
    }

    static IEnumerable<string> Faults(BacktestQuestion question, Rule rule)
    {
        if (rule.Kind != RuleKind.Count)
            yield return $"{rule.Name} is of the kind {rule.Kind}: only of events a history is kept";
        if (question.Days is not (> 0 and <= MostDays))
            yield return $"days must be more than 0 and at most {MostDays}";
        if (question.Alerts is < 0 or > MostAlerts)
            yield return $"alerts must be between 0 and {MostAlerts}";
        if (question.PollInterval is { } interval && (interval < TimeSpan.FromSeconds(1) || interval > TimeSpan.FromDays(1)))
            yield return "pollInterval must be between 00:00:01 and 1.00:00:00";
    }

    static async Task Write(HttpResponse response, Rule rule, BacktestQuestion question, Backtest test, DateTimeOffset since, ILogger log,
        CancellationToken ct)
    {
        EventsRead read = new();
        try
        {
            var running = test.Run(rule, since, read, ct);
            while (await Task.WhenAny(running, Task.Delay(Every, ct)) != running)
                await Line(response, new BacktestProgress("progress", read.Events), ApiJson.Default.BacktestProgress, ct);
            var result = await running;
            var shown = result.Alerts.TakeLast(question.Alerts).Reverse().ToList();
            await Line(response, new BacktestSummary("backtest", rule.Name, result.Events, result.Keys, result.Alerts.Count, result.From, result.To,
                Math.Max(0, result.Stretches - 1), shown.Count), ApiJson.Default.BacktestSummary, ct);
            foreach (var alert in shown)
                await Line(response, new BacktestEpisodeLine("alert", alert.Labels, alert.RaisedAt, alert.ClearedAt, alert.Most),
                    ApiJson.Default.BacktestEpisodeLine, ct);
        }
        catch (Exception e) when (response.HasStarted && !ct.IsCancellationRequested)
        {
            // Its status is sent: the stream itself must say that it is not whole.
            log.LogError(e, "A back-test of the rule {Rule} failed", rule.Name);
            await Line(response, new BacktestFailure("failed", "Something went wrong; the service's log says what."), ApiJson.Default.BacktestFailure,
                ct);
        }
    }

    static async Task Line<T>(HttpResponse response, T line, JsonTypeInfo<T> json, CancellationToken ct)
    {
        await JsonSerializer.SerializeAsync(response.Body, line, json, ct);
        await response.Body.WriteAsync(LineBreak, ct);
        await response.Body.FlushAsync(ct);
    }

    sealed class EventsRead : IProgress<long>
    {
        long _events;

        public long Events => Interlocked.Read(ref _events);

        public void Report(long value) => Interlocked.Exchange(ref _events, value);
    }
}

/// <summary>What is asked.</summary>
/// <param name="Name">Name of a rule that is there; or</param>
/// <param name="Rule">what it says, which need not be there yet.</param>
/// <param name="Days">So many days back.</param>
/// <param name="Alerts">The newest alerts, so many.</param>
/// <param name="PollInterval">How far time is covered at once, which is how often the fetcher polls; null for a minute.</param>
internal sealed record BacktestQuestion(string? Name = null, JsonObject? Rule = null, double Days = 14, int Alerts = 1000,
    TimeSpan? PollInterval = null);

/// <summary>How far it is.</summary>
internal sealed record BacktestProgress(string Kind, long Events);

/// <summary>What was found; so many <paramref name="Shown"/> alerts follow, the newest first.</summary>
internal sealed record BacktestSummary(string Kind, string Rule, long Events, int Keys, int Alerts, DateTimeOffset? From, DateTimeOffset? To,
    int Gaps, int Shown);

/// <summary>An alert that would have been.</summary>
internal sealed record BacktestEpisodeLine(string Kind, IReadOnlyDictionary<string, string> Labels, DateTimeOffset RaisedAt,
    DateTimeOffset? ClearedAt, int Most);

/// <summary>It broke off: nothing follows.</summary>
internal sealed record BacktestFailure(string Kind, string Detail);
