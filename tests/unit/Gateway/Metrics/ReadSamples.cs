using System.Globalization;
using Sigma.Contracts;
using Sigma.Gateway.Integrations;
using Sigma.Gateway.Metrics;

namespace Sigma.UnitTests.Gateway.Metrics;

/// <summary>What readers make of bodies, in words.</summary>
internal static class ReadSamples
{
    public static readonly DateTimeOffset Now = new(2026, 8, 22, 10, 0, 0, TimeSpan.Zero);

    public static SampleBatch Batch(SeriesCache? cache = null, MetricsOptions? options = null, params (string, string)[] labels) => new(
        cache ?? new SeriesCache(64), new Integration
        {
            Name = "metrics", Kind = IntegrationKind.Metrics, Labels = labels.ToDictionary(label => label.Item1, label => label.Item2),
        }, options ?? new MetricsOptions(), Now);

    public static IEnumerable<string> Words(this SampleBatch batch) => batch.Samples.Select(Word);

    static string Word(Sample sample) => string.Create(CultureInfo.InvariantCulture,
        $"{sample.Series}{{{string.Join(',', sample.Labels.OrderBy(l => l.Key, StringComparer.Ordinal).Select(l => $"{l.Key}={l.Value}"))}}} ")
        + string.Create(CultureInfo.InvariantCulture, $"{sample.Value:R}{(sample.At == Now ? "" : $" {sample.At.ToUnixTimeMilliseconds()}")}");
}
