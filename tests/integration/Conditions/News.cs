using Sigma.Contracts;
using Sigma.Storage;

namespace Sigma.IntegrationTests.Conditions;

/// <summary>News as a gateway would publish it.</summary>
internal static class News
{
    public static readonly DateTimeOffset Noon = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);

    public static BeatsReported Beats(DateTimeOffset at, params string[] hosts) => Beats(null, [.. hosts.Select(host => Beat(host, at))]);

    public static BeatsReported Beats(IntakePart? part, params Beat[] beats) => new()
    {
        BatchId = Ids.From(["beats", .. beats.Select(beat => $"{beat.Labels["host"]} {beat.At:O}")]), Source = "agents", Beats = beats, Intake = part,
    };

    public static Beat Beat(string host, DateTimeOffset at, bool fails = false, string? text = null) => new()
    {
        Labels = new Dictionary<string, string> { ["host"] = host }, At = at, Fails = fails, Text = text,
    };

    public static SamplesReported Samples(params (string Host, DateTimeOffset At, double Value)[] samples) => new()
    {
        BatchId = Ids.From(["samples", .. samples.Select(s => $"{s.Host} {s.At:O} {s.Value}")]), Source = "metrics",
        Samples = [.. samples.Select(s => new Sample
        {
            Series = "load", Labels = new Dictionary<string, string> { ["host"] = s.Host }, At = s.At, Value = s.Value,
        })],
    };

    public static ConditionReported Conditions(params ReportedCondition[] conditions) => new()
    {
        BatchId = Ids.From(["conditions", .. conditions.Select(c => $"{c.ExternalId} {c.ReportedAt:O} {c.State}")]), Source = "grafana",
        Conditions = conditions,
    };

    public static ReportedCondition Condition(string id, string host, ConditionState state, DateTimeOffset at, TimeSpan? lease = null) => new()
    {
        ExternalId = id, Labels = new Dictionary<string, string> { ["host"] = host }, State = state, ReportedAt = at, LeaseUntil = at + lease,
        Title = $"{id} is wrong", Url = $"https://grafana.example.org/{id}",
    };

    /// <summary>A gateway took in news all the while; so many batches of it name this slice.</summary>
    public static IntakeReported Intake(DateTimeOffset from, DateTimeOffset to, int batches = 0, string gateway = "gateway-1") => new()
    {
        Gateway = gateway, SliceFrom = from, SliceTo = to, Batches = batches,
    };
}
