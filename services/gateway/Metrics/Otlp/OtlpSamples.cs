namespace Sigma.Gateway.Metrics.Otlp;

/// <summary>
/// Makes series of OpenTelemetry's metrics as Prometheus does: histograms become <c>_bucket</c>, <c>_count</c> and <c>_sum</c>, summaries quantiles.
/// Values since the point before (delta) are kept as they are.
/// </summary>
internal sealed class OtlpSamples(SampleBatch batch, IReadOnlyCollection<string> resourceAttributes)
{
    const int MostAttributes = 128;

    /// <summary>Adds all of it.</summary>
    public void Add(OtlpRequest request)
    {
        foreach (var resource in request.ResourceMetrics)
        {
            var labels = Labels(resource.Resource?.Attributes ?? []);
            foreach (var scope in resource.ScopeMetrics)
                foreach (var metric in scope.Metrics)
                    Add(metric, labels);
        }
    }

    List<(string Name, string Value)> Labels(List<OtlpAttribute> attributes)
    {
        List<(string, string)> labels = [];
        string? Find(string key) => attributes.Find(attribute => attribute.Key == key)?.Value?.Text;
        if (Find("service.name") is { Length: > 0 } service)
            labels.Add(("job", Find("service.namespace") is { Length: > 0 } space ? $"{space}/{service}" : service));
        if (Find("service.instance.id") is { Length: > 0 } instance)
            labels.Add(("instance", instance));
        foreach (var key in resourceAttributes)
            if (Find(key) is { Length: > 0 } value)
                labels.Add((OtlpNames.Label(key), value));
        return labels;
    }

    void Add(OtlpMetric metric, List<(string, string)> resource)
    {
        foreach (var point in metric.Gauge?.DataPoints ?? [])
            Number(OtlpNames.Metric(metric.Name, metric.Unit, isTotal: false, isGauge: true), point, resource);
        var isTotal = metric.Sum is { IsMonotonic: true, AggregationTemporality: OtlpNumbers.Cumulative };
        foreach (var point in metric.Sum?.DataPoints ?? [])
            Number(OtlpNames.Metric(metric.Name, metric.Unit, isTotal, isGauge: false), point, resource);
        var name = OtlpNames.Metric(metric.Name, metric.Unit, isTotal: false, isGauge: false);
        foreach (var point in metric.Histogram?.DataPoints ?? [])
            Histogram(name, point, resource);
        foreach (var point in metric.ExponentialHistogram?.DataPoints ?? [])
            Exponential(name, point, resource);
        foreach (var point in metric.Summary?.DataPoints ?? [])
            Summary(name, point, resource);
    }

    void Number(string name, OtlpNumberPoint point, List<(string, string)> resource)
    {
        var at = Begin(point, resource);
        Add(at.Mark, name, point.IsEndOfSeries ? double.NaN : point.AsDouble ?? point.AsInt ?? double.NaN, at.Time);
    }

    void Histogram(string name, OtlpHistogramPoint point, List<(string, string)> resource)
    {
        var at = Begin(point, resource);
        if (IsEnd(name, point, at))
            return;
        if (point.BucketCounts.Count > 0 && point.BucketCounts.Count != point.ExplicitBounds.Count + 1)
        {
            batch.Refuse(name, $"has {point.BucketCounts.Count} buckets and {point.ExplicitBounds.Count} bounds");
            return;
        }
        var cumulative = 0d;
        for (var i = 0; i < point.ExplicitBounds.Count; i++)
            Bucket(at, name, point.ExplicitBounds[i], cumulative += point.BucketCounts.Count == 0 ? 0 : point.BucketCounts[i]);
        Totals(at, name, point.Count, point.Sum);
    }

    void Exponential(string name, OtlpExponentialHistogramPoint point, List<(string, string)> resource)
    {
        var at = Begin(point, resource);
        if (IsEnd(name, point, at))
            return;
        // A bucket's bounds are powers of 2^(2^-scale); the negative ones come first, from the largest.
        var exponent = Math.Pow(2, -point.Scale);
        var cumulative = 0d;
        if (point.Negative is { } negative)
            for (var i = negative.BucketCounts.Count - 1; i >= 0; i--)
                if (negative.BucketCounts[i] > 0)
                    Bucket(at, name, -Math.Pow(2, exponent * ((long)negative.Offset + i)), cumulative += negative.BucketCounts[i]);
        if (point.ZeroCount > 0)
            Bucket(at, name, point.ZeroThreshold, cumulative += point.ZeroCount);
        if (point.Positive is { } positive)
            for (var i = 0; i < positive.BucketCounts.Count; i++)
                if (positive.BucketCounts[i] > 0 && Math.Pow(2, exponent * ((long)positive.Offset + i + 1)) is var bound && double.IsFinite(bound))
                    Bucket(at, name, bound, cumulative += positive.BucketCounts[i]);
        Totals(at, name, point.Count, point.Sum);
    }

    void Summary(string name, OtlpSummaryPoint point, List<(string, string)> resource)
    {
        var at = Begin(point, resource);
        if (IsEnd(name, point, at))
            return;
        foreach (var quantile in point.QuantileValues)
            batch.Add(batch.Labels.Return(at.Mark).Add("__name__", name).Add("quantile", SeriesNumber.Text(quantile.Quantile)).End(), quantile.Value,
                at.Time);
        Add(at.Mark, $"{name}_count", point.Count, at.Time);
        Add(at.Mark, $"{name}_sum", point.Sum, at.Time);
    }

    bool IsEnd(string name, OtlpPoint point, (int Mark, DateTimeOffset Time) at)
    {
        if (point.IsEndOfSeries)
            Add(at.Mark, $"{name}_count", double.NaN, at.Time);
        return point.IsEndOfSeries;
    }

    void Bucket((int Mark, DateTimeOffset Time) at, string name, double bound, double count) => batch.Add(
        batch.Labels.Return(at.Mark).Add("__name__", $"{name}_bucket").Add("le", SeriesNumber.Text(bound)).End(), count, at.Time);

    void Totals((int Mark, DateTimeOffset Time) at, string name, ulong count, double? sum)
    {
        Bucket(at, name, double.PositiveInfinity, count);
        Add(at.Mark, $"{name}_count", count, at.Time);
        if (sum is { } value)
            Add(at.Mark, $"{name}_sum", value, at.Time);
    }

    void Add(int mark, string name, double value, DateTimeOffset at) =>
        batch.Add(batch.Labels.Return(mark).Add("__name__", name).End(), value, at);

    (int Mark, DateTimeOffset Time) Begin(OtlpPoint point, List<(string Name, string Value)> resource)
    {
        var labels = batch.Labels.Begin();
        foreach (var attribute in point.Attributes.Take(MostAttributes))
            if (attribute.Value?.Text is { Length: > 0 } value && OtlpNames.Label(attribute.Key) is { Length: > 0 } name
                && !resource.Exists(label => label.Name == name))
                labels.Add(name, value);
        foreach (var (name, value) in resource)
            labels.Add(name, value);
        var ticks = point.TimeUnixNano / TimeSpan.NanosecondsPerTick;
        return (labels.Mark(), point.TimeUnixNano == 0 ? batch.ReceivedAt : DateTimeOffset.UnixEpoch.AddTicks((long)ticks));
    }
}
