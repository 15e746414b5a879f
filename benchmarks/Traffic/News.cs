using Sigma.Contracts;
using Sigma.Storage;

namespace Sigma.Benchmarks.Traffic;

/// <summary>Beats of many agents and a value of each of many series, round after round, a second apart.</summary>
internal static class News
{
    public const string Agents = "agents", Metrics = "metrics";
    public const int Keys = 100_000, BatchSize = 1_000, Batches = Keys / BatchSize;

    public static BeatsReported Beats(int round, int batch, DateTimeOffset began) => new()
    {
        BatchId = Ids.From(Agents, $"{round}", $"{batch}"), Source = Agents,
        Beats = [.. Of(batch).Select(labels => new Beat { Labels = labels, At = began.AddSeconds(round) })],
    };

    public static SamplesReported Samples(int round, int batch, DateTimeOffset began) => new()
    {
        BatchId = Ids.From(Metrics, $"{round}", $"{batch}"), Source = Metrics,
        Samples = [.. Of(batch).Select((labels, i) => new Sample
        {
            Series = "load", Labels = labels, At = began.AddSeconds(round), Value = (i * 7 + round) % 90,
        })],
    };

    static IEnumerable<Dictionary<string, string>> Of(int batch) =>
        Enumerable.Range(batch * BatchSize, BatchSize).Select(key => new Dictionary<string, string> { ["host"] = $"host-{key}" });
}
